package io.millrace.jobs.importing;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.model.ModelFacts;
import io.millrace.jobs.model.ModelFiles;
import io.millrace.jobs.model.Origin;
import io.millrace.jobs.weights.FittedWeights;
import io.millrace.jobs.weights.Head;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.Column;
import io.millrace.pipeline.card.Fact;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.FactsRequest;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.store.JsonText;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a model of weights that others trained. */
public final class ImportJob implements Job<ImportParameters> {
  private static final int COLOUR = 3;
  private static final int GREY = 1;

  /** Where a network has no head, the number of classes does not matter. */
  private static final int ANY_CLASSES = 2;

  @Override
  public String name() {
    return "import";
  }

  @Override
  public String makes() {
    return Model.KIND;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String summary() {
    return "Make a model of weights that others trained, of a file of PyTorch or safetensors.";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "millrace import --weights resnet34.pth --architecture '{ name = resnet-34 }' --classes"
            + " names.txt --statistics imagenet --input 224 --resize 256 --output models/resnet34");
  }

  @Override
  public Class<ImportParameters> parameters() {
    return ImportParameters.class;
  }

  @Override
  public List<Problem> check(ImportParameters parameters) {
    List<Problem> problems = new ArrayList<>();
    boolean features = parameters.head() == Head.NONE;
    if (features == parameters.classes().isPresent()) {
      problems.add(
          new Problem(
              "classes",
              features
                  ? "head = none has no classes: leave this key out"
                  : "is missing: a text file with the names of the classes, one a line in the order of the labels"));
    }
    parameters
        .resize()
        .filter(side -> side < parameters.input())
        .ifPresent(
            side ->
                problems.add(
                    new Problem(
                        "resize",
                        "%d is less than the input, %d, which is cut from the resized picture"
                            .formatted(side, parameters.input()))));
    parameters
        .statistics()
        .problem()
        .ifPresent(why -> problems.add(new Problem("statistics", why)));
    try {
      network(parameters, COLOUR, ANY_CLASSES);
    } catch (IllegalArgumentException e) {
      problems.add(new Problem("architecture", e.getMessage()));
    }
    return problems;
  }

  private static Blueprint network(ImportParameters parameters, int channels, int classes) {
    int side = parameters.input();
    return parameters.architecture().blueprint(channels, side, side, classes);
  }

  /**
   * Writes a model.
   *
   * @throws CannotException if a file can't be read, or the weights do not fit the network
   */
  @Override
  public JobResult run(JobRequest<ImportParameters> request, JobContext context)
      throws IOException {
    ImportParameters parameters = request.parameters();
    List<String> classNames =
        parameters
            .classes()
            .map(file -> ClassList.read(JobFiles.uri(file.text())))
            .orElse(List.of());
    FittedWeights fitted = fitted(parameters, classNames);
    int channels = fitted.network().inputs().get(Blueprint.IMAGES).channels();
    GivenStatistics.ChannelValues statistics = parameters.statistics().of(channels);
    if (statistics.mean().size() != channels || statistics.std().size() != channels) {
      throw new CannotException(
          "import " + JobFiles.shown(fitted.file()),
          "its network takes pictures of %d channels and the statistics have %d"
              .formatted(channels, statistics.mean().size()));
    }
    if (parameters.head() == Head.NEW) {
      context.notice(
          "The head begins afresh: train the model (start, in train) before it is used.");
    }
    JobFiles staging = JobFiles.in(request.staging());
    String digest;
    try (JobContext.Progress progress =
        context.progress("import", fitted.network().tensors().size(), "tensors")) {
      digest =
          ModelFiles.writeWeights(
              staging, fitted.state(parameters.seed(), () -> progress.advance(1)));
    }
    Model model =
        new Model(
            request.staging(),
            digest,
            parameters.architecture(),
            "",
            new InputShape(channels, parameters.input(), parameters.input()),
            classNames,
            statistics.mean(),
            statistics.std(),
            new Origin("", "", 0, 0),
            parameters.resize().orElse(0),
            fitted.features().orElse(""));
    Imported imported = new Imported(model, fitted);
    ModelFiles.writeModel(staging, model, Map.of(), imported.provenance(request));
    return imported.result();
  }

  /** Of pictures in colour; of grey ones, where only these fit. */
  private static FittedWeights fitted(ImportParameters parameters, List<String> classNames) {
    URI file = JobFiles.uri(parameters.weights().text());
    int classes = classNames.isEmpty() ? ANY_CLASSES : classNames.size();
    Head head = parameters.head();
    try {
      return FittedWeights.of(file, network(parameters, COLOUR, classes), head);
    } catch (CannotException colour) {
      try {
        return FittedWeights.of(file, network(parameters, GREY, classes), head);
      } catch (CannotException grey) {
        throw colour;
      }
    }
  }

  @Override
  public Card card(CardRequest request) throws IOException {
    if (request.artifact().isEmpty()) {
      return Card.EMPTY;
    }
    URI artifact = request.artifact().get();
    byte[] contents = JobFiles.in(artifact).read(ModelFiles.MODEL).orElse(new byte[0]);
    List<List<String>> rows =
        ModelFacts.of(artifact, JsonText.object(contents), Map.of()).stream()
            .map(fact -> List.of(fact.name(), fact.value()))
            .toList();
    return Card.of(
        new Block.Table("The imported model", List.of(Column.words(""), Column.words("")), rows));
  }

  @Override
  public Optional<String> contentsFile() {
    return Optional.of(ModelFiles.MODEL);
  }

  @Override
  public List<Fact> facts(FactsRequest request) {
    return ModelFacts.of(request.artifact(), request.contents(), request.metrics());
  }

  @Override
  public List<String> nextCommand(String artifact) {
    return ModelFacts.nextCommand(artifact);
  }
}
