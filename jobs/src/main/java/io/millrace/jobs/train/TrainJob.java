package io.millrace.jobs.train;

import io.millrace.jobs.augment.TransformRows;
import io.millrace.jobs.averaging.Averaging;
import io.millrace.jobs.averaging.RoundMemory;
import io.millrace.jobs.averaging.TrainingPhase;
import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.Json;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.model.ModelFacts;
import io.millrace.jobs.model.ModelFiles;
import io.millrace.jobs.record.Exhibit;
import io.millrace.jobs.record.FirstMinibatch;
import io.millrace.jobs.record.TrainingCard;
import io.millrace.jobs.record.TrainingFacts;
import io.millrace.jobs.record.TrainingSoFar;
import io.millrace.jobs.spark.GpuSettings;
import io.millrace.jobs.spark.ProcessMemory;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.Fact;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.FactsRequest;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.spec.Canonical;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Trains a network by parameter averaging on Spark. */
public final class TrainJob implements Job<TrainParameters> {
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
            + " --architecture resnet --channels 16,32,64 --schedule one-cycle --epochs 5 --lr 0.2"
            + " --output models/cifar10",
        "millrace train --shards shards/pets --stats stats/pets --architecture resnet-34 --start"
            + " resnet34.pth --head new --schedule one-cycle --epochs 3 --lr 0.01 --output"
            + " models/pets");
  }

  @Override
  public Class<TrainParameters> parameters() {
    return TrainParameters.class;
  }

  @Override
  public List<Problem> check(TrainParameters parameters) {
    List<Problem> problems = new ArrayList<>(Start.problems(parameters));
    List<Problem> ofSchedule = TrainingSchedule.problems(parameters);
    problems.addAll(ofSchedule);
    if (!parameters.phases().isEmpty()) {
      problems.addAll(PhaseCheck.of(parameters, parameters.phases()));
    } else {
      PhaseCheck.augment(parameters).ifPresent(why -> problems.add(new Problem("augment", why)));
    }
    try {
      Engine engine = Engines.named(parameters.engine());
      if (ofSchedule.isEmpty()) {
        problems.addAll(AveragingCheck.of(parameters, engine));
      }
      problems.addAll(NetworkCheck.of(parameters, engine));
      precision(parameters, engine).ifPresent(problems::add);
    } catch (CannotException e) {
      problems.add(new Problem("engine", e.getMessage()));
    }
    return problems;
  }

  private static Optional<Problem> precision(TrainParameters parameters, Engine engine) {
    try {
      engine.precision(parameters.precision());
      return Optional.empty();
    } catch (CannotException e) {
      return Optional.of(new Problem("precision", e.getMessage()));
    }
  }

  @Override
  public JobResult run(JobRequest<TrainParameters> request, JobContext context) throws IOException {
    TrainParameters parameters = request.parameters();
    TrainingInputs inputs = TrainingInputs.open(parameters);
    Engine engine = Engines.named(parameters.engine());
    AveragingCheck.difference(parameters, engine).ifPresent(context::notice);
    JavaSparkContext spark = SharedSpark.context(request, context);
    ClassifierPlan classifier = Planning.of(inputs);
    Optional<Start> start = Start.of(parameters, classifier.network());
    start
        .map(it -> it.differences(inputs.last().statistics(), inputs.last().dataset().classNames()))
        .ifPresent(all -> all.forEach(context::notice));
    if (parameters.averaging().by() == Averaging.By.MILLRACE) {
      for (TrainingPhase phase : classifier.plan().phases()) {
        RoundMemory needed = RoundMemory.of(phase);
        MemoryCheck.driver(needed, ProcessMemory.ofDriver(spark), engine.onCpu());
        ProcessMemory.ofExecutor(spark, request.settings())
            .ifPresent(executor -> MemoryCheck.executor(needed, executor, engine.onCpu()));
      }
    }
    TrainingRun.Settings settings =
        new TrainingRun.Settings(
            parameters.averaging().by(),
            parameters.checkpoint(),
            start.map(it -> it.identity(inputs.identity())).orElseGet(inputs::identity),
            TrainingSchedule.learningRateKey(parameters),
            parameters.stopDiv().map(StopRule::new),
            false);
    try (TrainingRun training =
        TrainingRun.begin(
            spark,
            context,
            classifier.plan(),
            settings,
            request.unfinished(),
            first -> start.map(it -> it.in(first)).orElse(first))) {
      if (GpuSettings.ask(request.settings()) && engine.onCpu()) {
        context.notice(
            "The workers have GPUs, and this build of Millrace computes on the CPU; build the one"
                + " for GPUs with mvn -Pcuda, or -Pcuda-torch for engine = torch.");
      }
      List<String> classNames = inputs.last().dataset().classNames();
      TrainingFacts facts =
          TrainingFacts.of(
              classifier.plan(),
              classifier.last().recipe().input().toString(),
              classNames.size(),
              Canonical.inFull(parameters));
      context.event(TrainingFacts.NAME, Json.fields(facts));
      JobFiles unfinished = JobFiles.in(request.unfinished());
      Exhibit<FirstMinibatch> firstMinibatch =
          new Exhibit<>(FirstMinibatch.NAME, FirstMinibatch.class, unfinished, context);
      Exhibit<TransformRows> transforms =
          new Exhibit<>(TransformRows.NAME, TransformRows.class, unfinished, context);
      transforms.begin(inputs.last()::transforms);
      training.tellWhereItBegins();
      firstMinibatch.begin(
          () -> FirstMinibatch.of(classifier.plan().phase(0), classifier.first(), classNames));
      Checkpoint end = training.toEnd();
      firstMinibatch.keepIn(JobFiles.in(request.staging()));
      transforms.keepIn(JobFiles.in(request.staging()));
      Map<String, Object> provenance = Provenance.of(request, spark.version(), inputs, facts);
      start.ifPresent(it -> provenance.put("start", it.fitted().provenance()));
      return new Publishing(inputs, classifier, end)
          .into(request.staging(), training.description(), provenance);
    }
  }

  @Override
  public Card card(CardRequest request) throws IOException {
    return new TrainingCard(TrainingSoFar.of(request)).card();
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
