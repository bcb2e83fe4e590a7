package io.millrace.jobs.train;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.augment.Chain;
import io.millrace.jobs.augment.Levels;
import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.engine.Learner;
import io.millrace.jobs.engine.State;
import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.feed.Normaliser;
import io.millrace.jobs.feed.Recipe;
import io.millrace.jobs.feed.View;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.stats.Statistics;
import io.millrace.jobs.train.TrainingPlan.Trainee;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Variant;
import io.millrace.pipeline.store.Digests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;

/** Trains a network by parameter averaging on Spark. */
public final class TrainJob implements Job<TrainParameters> {
  private static final Location NOWHERE = new Location("");

  @Override
  public String name() {
    return "train";
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
    return "Train a network on shards: workers on Spark whose weights are averaged every few"
        + " minibatches.";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "millrace train --shards shards/cifar10 --stats stats/cifar10"
            + " --architecture '{ name = resnet, channels = [16, 32, 64] }'"
            + " --schedule '{ one-cycle { epochs = 5, lr = 0.2 } }' --output models/cifar10");
  }

  @Override
  public Class<TrainParameters> parameters() {
    return TrainParameters.class;
  }

  @Override
  public List<Problem> check(TrainParameters parameters) {
    List<Problem> problems = new ArrayList<>();
    Chain chain = new Chain(parameters.augment());
    parameters
        .input()
        .map(side -> chain.problemGiving(side, side))
        .orElseGet(chain::problem)
        .ifPresent(why -> problems.add(new Problem("augment", why)));
    try {
      Engines.named(parameters.engine());
    } catch (CannotException e) {
      problems.add(new Problem("engine", e.getMessage()));
    }
    return problems;
  }

  @Override
  public JobResult run(JobRequest<TrainParameters> request, JobContext context) throws IOException {
    TrainParameters parameters = request.parameters();
    Dataset dataset = Dataset.open(JobFiles.uri(parameters.shards().text()));
    Statistics statistics = Statistics.open(JobFiles.uri(parameters.stats().text()));
    Engine engine = Engines.named(parameters.engine());
    Map<String, String> description = engine.description();
    JavaSparkContext spark = SharedSpark.context(request);
    View.Parts parts =
        View.parts(
            dataset, parameters.split(), parameters.validation().fraction(), parameters.seed());
    TrainingPlan plan = plan(parameters, dataset, statistics, parts.training());
    TrainingFacts facts = TrainingFacts.of(plan, parameters);
    context.event(TrainingFacts.NAME, Json.fields(facts));
    FirstMinibatchKeeper firstMinibatch =
        new FirstMinibatchKeeper(new Folder(request.unfinished()), dataset.classNames(), context);
    TransformRowsKeeper transforms =
        new TransformRowsKeeper(new Folder(request.unfinished()), context);
    transforms.begin(
        dataset,
        parameters.split(),
        parameters.augment(),
        Levels.of(statistics),
        parameters.seed());
    Checkpoints checkpoints =
        new Checkpoints(
            new Folder(JobFiles.in(request.unfinished()).path("checkpoints").toUri()),
            training(parameters, dataset, statistics),
            parameters.checkpoint().keep());
    try {
      Optional<Checkpoint> resumed = checkpoints.newest(context);
      resumed.ifPresent(
          from ->
              context.notice(
                  "Training goes on from the checkpoint after round " + from.rounds() + "."));
      CheckpointClock clock =
          new CheckpointClock(
              parameters.checkpoint(), resumed.map(Checkpoint::rounds), System::nanoTime);
      Training training =
          new Training(
              spark,
              context,
              plan,
              parts.validation(),
              checkpoints,
              clock,
              firstMinibatch,
              "schedule."
                  + parameters.schedule().getClass().getAnnotation(Variant.class).value()
                  + ".lr");
      Checkpoint start =
          resumed.orElseGet(
              () -> new Checkpoint(0, firstState(plan.trainee()), TrainingRecord.empty()));
      Checkpoint end = training.from(start);
      firstMinibatch.keepIn(new Folder(request.staging()));
      transforms.keepIn(new Folder(request.staging()));
      Map<String, Object> provenance =
          Provenance.of(request, spark.version(), dataset, statistics, facts);
      return publish(request, dataset, statistics, plan, description, provenance, end);
    } finally {
      LearnerPool.close(plan.trainee());
    }
  }

  @Override
  public Card card(CardRequest request) throws IOException {
    return new TrainingCard(TrainingSoFar.of(request)).card();
  }

  private static TrainingPlan plan(
      TrainParameters parameters, Dataset dataset, Statistics statistics, View view) {
    if (view.size() == 0) {
      throw new CannotException(
          "train on split " + parameters.split().text(),
          "the dataset at %s has no images in it, or validation takes them all"
              .formatted(dataset.root()));
    }
    InputShape first = InputShape.of(view);
    InputShape input =
        parameters.input().map(side -> new InputShape(first.channels(), side, side)).orElse(first);
    if (statistics.mean().size() != input.channels()) {
      throw new CannotException(
          "train on " + dataset.root(),
          "its images have %d channels and the statistics have %d; compute them over the same dataset"
              .formatted(input.channels(), statistics.mean().size()));
    }
    int classes = dataset.classNames().size();
    Chain chain = new Chain(parameters.augment());
    chain.checkGives(first.height(), first.width(), input.height(), input.width());
    Recipe recipe =
        new Recipe(
            view,
            input,
            new Normaliser(statistics.mean(), statistics.std()),
            chain,
            Levels.of(statistics),
            parameters.shuffle(),
            false,
            parameters.seed(),
            classes);
    Rounds rounds =
        new Rounds(
            view.size(), parameters.workers(), parameters.batch(), parameters.averaging().every());
    Trainee trainee =
        new Trainee(
            parameters.engine(),
            blueprint(parameters, input, classes),
            parameters.optimiser(),
            parameters.threadsPerWorker(),
            parameters.seed());
    return new TrainingPlan(recipe, rounds, parameters.schedule(), trainee);
  }

  private static Blueprint blueprint(TrainParameters parameters, InputShape input, int classes) {
    try {
      return parameters
          .architecture()
          .blueprint(input.channels(), input.height(), input.width(), classes);
    } catch (IllegalArgumentException e) {
      throw new CannotException("train", e.getMessage(), e);
    }
  }

  static State firstState(Trainee trainee) {
    Learner learner = trainee.learner();
    State state = learner.state();
    LearnerPool.giveBack(trainee, learner);
    return state;
  }

  /** What a checkpoint must be of to be gone on from. */
  private static String training(
      TrainParameters parameters, Dataset dataset, Statistics statistics) {
    TrainParameters decisive =
        new TrainParameters(
            NOWHERE,
            NOWHERE,
            parameters.split(),
            parameters.architecture(),
            parameters.engine(),
            parameters.workers(),
            parameters.batch(),
            parameters.averaging(),
            parameters.augment(),
            parameters.input(),
            parameters.optimiser(),
            parameters.schedule(),
            parameters.seed(),
            parameters.threadsPerWorker(),
            parameters.validation(),
            parameters.shuffle(),
            null);
    return Digests.of(dataset.digest() + "\n" + statistics.digest() + "\n" + decisive);
  }

  private static JobResult publish(
      JobRequest<TrainParameters> request,
      Dataset dataset,
      Statistics statistics,
      TrainingPlan plan,
      Map<String, String> engine,
      Map<String, Object> provenance,
      Checkpoint end)
      throws IOException {
    TrainParameters parameters = request.parameters();
    Folder staging = new Folder(request.staging());
    String digest = ModelFiles.writeWeights(staging, weights(plan, end.state()));
    ModelFiles.writeRecord(staging, end.record());
    Model model =
        new Model(
            request.staging(),
            digest,
            parameters.architecture(),
            parameters.engine(),
            plan.recipe().input(),
            dataset.classNames(),
            statistics.mean(),
            statistics.std(),
            new Origin(
                dataset.digest(),
                parameters.split().text(),
                parameters.validation().fraction(),
                parameters.seed()));
    ModelFiles.writeModel(staging, model, engine, provenance);
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

  private static State weights(TrainingPlan plan, State state) {
    Set<String> names =
        plan.trainee().blueprint().tensors().stream()
            .map(TensorSpec::name)
            .collect(Collectors.toSet());
    return new State(
        state.tensors().stream().filter(tensor -> names.contains(tensor.name())).toList());
  }
}
