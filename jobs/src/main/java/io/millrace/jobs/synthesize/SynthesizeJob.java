package io.millrace.jobs.synthesize;

import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Makes a ten-class dataset in CIFAR-10's binary layout (Krizhevsky 2009). */
public final class SynthesizeJob implements Job<SynthesizeJob.Parameters> {
  /** The keys of a synthesize stage. */
  public record Parameters(
      @Key(value = "training pictures, spread over five batch files", or = "4000", min = 5)
          int train,
      @Key(value = "test pictures", or = "1000", min = 1) int test,
      @Key(value = "seed of every picture", or = "7") long seed) {}

  @Override
  public String name() {
    return "synthesize";
  }

  @Override
  public List<String> also() {
    return List.of("synthesise");
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String summary() {
    return "Make a ten-class picture dataset in CIFAR-10's binary layout, to try things without a"
        + " download.";
  }

  @Override
  public List<String> examples() {
    return List.of("millrace synthesize --train 4000 --test 1000 --output work/shapes");
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public OptionalLong spaceNeeded(Parameters parameters) {
    return OptionalLong.of(Shapes.RECORD * ((long) parameters.train() + parameters.test()));
  }

  @Override
  public JobResult run(JobRequest<Parameters> request, JobContext context) throws IOException {
    Parameters parameters = request.parameters();
    int total = parameters.train() + parameters.test();
    try (JobContext.Progress progress = context.progress("synthesize", total, "pictures")) {
      String digest =
          Shapes.write(
              request.staging(),
              parameters.train(),
              parameters.test(),
              parameters.seed(),
              progress::advance);
      return new JobResult(
          digest,
          Map.of("images", total),
          Amounts.count(total, "picture") + " of " + Shapes.classes() + " classes");
    }
  }
}
