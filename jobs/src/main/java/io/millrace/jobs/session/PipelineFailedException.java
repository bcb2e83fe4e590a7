package io.millrace.jobs.session;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.run.StageOutcome;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/** Stages of a pipeline failed; the message has a line for each of them, with the reason. */
@API(status = API.Status.STABLE)
public final class PipelineFailedException extends CannotException {
  private static final long serialVersionUID = 1L;
  private final transient FinishedPipeline result;

  PipelineFailedException(FinishedPipeline result) {
    super(
        result.stages().stream()
            .filter(stage -> stage.outcome() == StageOutcome.FAILED)
            .map(stage -> stage.name() + ": " + stage.reason())
            .collect(Collectors.joining("\n")));
    this.result = result;
  }

  /** How every stage ended, also those that were done before. */
  public FinishedPipeline result() {
    return result;
  }
}
