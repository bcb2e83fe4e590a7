package io.millrace.jobs.train;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.model.ModelFiles;
import io.millrace.jobs.stats.Statistics;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.weights.FittedWeights;
import io.millrace.jobs.weights.Head;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.store.Digests;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * The weights that a training begins with instead of its seed's. They are read only when the
 * training begins, not when it resumes.
 *
 * @param fitted to its network
 * @param model that they are of; empty for a file of others
 * @param seed of a new head
 */
record Start(FittedWeights fitted, Optional<Model> model, long seed) {
  /** What is wrong with the keys, as far as the configuration alone shows it. */
  static List<Problem> problems(TrainParameters parameters) {
    List<Problem> problems = new ArrayList<>();
    if (parameters.head().isPresent() && parameters.start().isEmpty()) {
      problems.add(
          new Problem("head", "it says what becomes of the head of start, which is not given"));
    }
    if (parameters.head().filter(Head.NONE::equals).isPresent()) {
      problems.add(
          new Problem(
              "head", "none makes a network without classes, which can't be trained; take new"));
    }
    return problems;
  }

  /**
   * Opens them, and compares them with the network.
   *
   * @throws CannotException if they can't be read or do not fit; the message lists all differences
   */
  static Optional<Start> of(TrainParameters parameters, Blueprint network) {
    return parameters.start().map(start -> of(start, parameters, network));
  }

  private static Start of(Location start, TrainParameters parameters, Blueprint network) {
    URI place = JobFiles.uri(start.text());
    Optional<Model> model = isFolder(place) ? Optional.of(Model.open(place)) : Optional.empty();
    FittedWeights fitted =
        FittedWeights.of(
            model.map(ModelFiles::weights).orElse(place),
            network,
            parameters.head().orElse(Head.KEEP));
    return new Start(fitted, model, parameters.seed());
  }

  private static boolean isFolder(URI place) {
    try {
      Path path = new Path(place);
      return JobFiles.fileSystem(path).getFileStatus(path).isDirectory();
    } catch (IOException e) {
      throw new CannotException(
          "start from " + JobFiles.shown(place), String.valueOf(e.getMessage()), e);
    }
  }

  /** The identity of a training that begins with them. */
  String identity(String training) {
    String digest = fitted.sha256();
    model
        .filter(it -> !it.digest().equals(digest))
        .ifPresent(
            it -> {
              throw new CannotException(
                  "start from the model at " + JobFiles.shown(it.root()),
                  "the SHA-256 of its weights is %s, not %s; make it again"
                      .formatted(digest, it.digest()));
            });
    return Digests.of(training + "\n" + digest);
  }

  /** The learner's first state with these weights; its optimiser's state stays. */
  State in(State first) {
    Map<String, NamedTensor> given = new HashMap<>();
    fitted.state(seed, () -> {}).tensors().forEach(tensor -> given.put(tensor.name(), tensor));
    return new State(
        first.tensors().stream().map(own -> given.getOrDefault(own.name(), own)).toList());
  }

  /** What the user should know: the training's pictures or classes are not the model's. */
  List<String> differences(Statistics statistics, List<String> classNames) {
    List<String> differences = new ArrayList<>();
    model.ifPresent(
        it -> {
          if (!it.mean().equals(statistics.mean()) || !it.std().equals(statistics.std())) {
            differences.add(
                "The model that this training starts from normalises pictures by mean %s and deviation %s, and this training by mean %s and deviation %s: its first steps have to make up for that."
                    .formatted(it.mean(), it.std(), statistics.mean(), statistics.std()));
          }
          if (fitted.fresh().isEmpty() && !it.classNames().equals(classNames)) {
            differences.add(
                "The classes of the model that this training starts from are not the dataset's; head = new begins the last layer afresh.");
          }
        });
    return differences;
  }
}
