package io.millrace.jobs.train;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.Json;
import io.millrace.jobs.learner.Supervised;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.model.ModelFiles;
import io.millrace.jobs.model.Origin;
import io.millrace.jobs.record.TrainingRecord;
import io.millrace.jobs.tensor.State;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the model's files at the end of a training. */
final class Publishing {
  private final TrainingInputs inputs;
  private final ClassifierPlan plan;
  private final Checkpoint end;

  /**
   * @param end the checkpoint after the last round
   */
  Publishing(TrainingInputs inputs, ClassifierPlan plan, Checkpoint end) {
    this.inputs = inputs;
    this.plan = plan;
    this.end = end;
  }

  /**
   * Writes the files.
   *
   * @param engine the engine's description of itself
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
    double speed = end.record().examplesPerSecond();
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("loss", last.measures().get(CrossEntropy.LOSS));
    metrics.put("training-accuracy", last.measures().get(CrossEntropy.ACCURACY));
    metrics.put("epochs", epochs.size());
    metrics.put("images-per-second", speed);
    last.validation().forEach((name, mean) -> metrics.put("validation-" + name, mean));
    String headline =
        "loss "
            + Amounts.decimal(last.measures().get(CrossEntropy.LOSS), 2)
            + ", "
            + Amounts.rate(speed, "images");
    return new JobResult(digest, metrics, headline);
  }

  private State weights() {
    return Supervised.network(end.state().shared());
  }
}
