package io.millrace.jobs.train;

import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.curves.Json;
import io.millrace.jobs.curves.TrainingRecord;
import io.millrace.jobs.engine.State;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.model.ModelFiles;
import io.millrace.jobs.model.Origin;
import io.millrace.pipeline.job.JobResult;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the model's files at the end of a training. */
final class Publishing {
  private final TrainingInputs inputs;
  private final TrainingPlan plan;
  private final Checkpoint end;

  /**
   * @param end what a checkpoint after the last round holds
   */
  Publishing(TrainingInputs inputs, TrainingPlan plan, Checkpoint end) {
    this.inputs = inputs;
    this.plan = plan;
    this.end = end;
  }

  /**
   * Writes them.
   *
   * @param engine what the engine says of itself
   * @param provenance where the model comes from
   */
  JobResult into(URI staging, Map<String, String> engine, Map<String, Object> provenance)
      throws IOException {
    JobFiles folder = JobFiles.in(staging);
    String digest = ModelFiles.writeWeights(folder, weights());
    folder.write(TrainingRecord.FILE, out -> out.write(Json.bytes(end.record())));
    ModelFiles.writeModel(folder, model(staging, digest), engine, provenance);
    return result(digest);
  }

  private Model model(URI root, String digest) {
    TrainParameters parameters = inputs.parameters();
    PhaseInputs last = inputs.last();
    return new Model(
        root,
        digest,
        parameters.architecture(),
        parameters.engine(),
        plan.last().recipe().input(),
        last.dataset().classNames(),
        last.statistics().mean(),
        last.statistics().std(),
        new Origin(
            last.dataset().digest(),
            parameters.split().text(),
            parameters.validation().fraction(),
            parameters.seed()));
  }

  private JobResult result(String digest) {
    List<TrainingRecord.Epoch> epochs = end.record().epochs();
    TrainingRecord.Epoch last = epochs.get(epochs.size() - 1);
    double speed = end.record().imagesPerSecond();
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("loss", last.loss());
    if (last.accuracy() != null) {
      metrics.put("training-accuracy", last.accuracy());
    }
    metrics.put("epochs", epochs.size());
    metrics.put("images-per-second", speed);
    if (last.validationAccuracy() != null) {
      metrics.put("validation-accuracy", last.validationAccuracy());
      metrics.put("validation-loss", last.validationLoss());
    }
    String headline = String.format(Locale.ROOT, "loss %.2f, %.0f img/s", last.loss(), speed);
    return new JobResult(digest, metrics, headline);
  }

  /** The state without the optimiser's part of it. */
  private State weights() {
    Set<String> names =
        plan.last().trainee().blueprint().tensors().stream()
            .map(TensorSpec::name)
            .collect(Collectors.toSet());
    return new State(
        end.state().tensors().stream().filter(tensor -> names.contains(tensor.name())).toList());
  }
}
