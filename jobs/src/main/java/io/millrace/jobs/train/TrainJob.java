package io.millrace.jobs.train;

import io.millrace.jobs.averaging.Beginning;
import io.millrace.jobs.averaging.LearnerPool;
import io.millrace.jobs.averaging.TrainingPhase;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.averaging.Workers;
import io.millrace.jobs.curves.Exhibit;
import io.millrace.jobs.curves.FirstMinibatch;
import io.millrace.jobs.curves.Json;
import io.millrace.jobs.curves.TrainingCard;
import io.millrace.jobs.curves.TrainingFacts;
import io.millrace.jobs.curves.TrainingSoFar;
import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.feed.Feed;
import io.millrace.jobs.files.Folder;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.materialise.TransformRows;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.spark.GpuSettings;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.job.Variant;
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
            + " --output models/cifar10");
  }

  @Override
  public Class<TrainParameters> parameters() {
    return TrainParameters.class;
  }

  @Override
  public List<Problem> check(TrainParameters parameters) {
    List<Problem> problems = new ArrayList<>();
    if (!parameters.phases().isEmpty()) {
      problems.addAll(PhaseCheck.of(parameters, parameters.phases()));
    } else {
      PhaseCheck.augment(parameters).ifPresent(why -> problems.add(new Problem("augment", why)));
    }
    try {
      Engine engine = Engines.named(parameters.engine());
      problems.addAll(AveragingCheck.of(parameters, engine));
    } catch (CannotException e) {
      problems.add(new Problem("engine", e.getMessage()));
    }
    return problems;
  }

  @Override
  public JobResult run(JobRequest<TrainParameters> request, JobContext context) throws IOException {
    TrainParameters parameters = request.parameters();
    TrainingInputs inputs = TrainingInputs.open(parameters);
    Engine engine = Engines.named(parameters.engine());
    AveragingCheck.difference(parameters, engine).ifPresent(context::notice);
    JavaSparkContext spark = SharedSpark.context(request, context);
    TrainingPlan plan = Planning.of(inputs);
    Folder unfinished = new Folder(request.unfinished());
    Checkpoints checkpoints =
        new Checkpoints(
            new Folder(JobFiles.in(request.unfinished()).path("checkpoints").toUri()),
            inputs.identity(),
            parameters.checkpoint().keep());
    Optional<Checkpoint> resumed = checkpoints.newest(context);
    TrainingPhase first = plan.phaseAfter(resumed.map(Checkpoint::rounds).orElse(0));
    Beginning beginning =
        new Workers(spark, plan.workers())
            .begin(first.trainee(), parameters.averaging().by(), resumed.isPresent());
    if (GpuSettings.ask(request.settings())
        && beginning.description().get(Beginning.DEVICE).equals("cpu")) {
      context.notice(
          "The workers have GPUs, and this build of Millrace computes on the CPU; build the one for GPUs with mvn -Pcuda.");
    }
    TrainingFacts facts = TrainingFacts.of(plan, Canonical.inFull(parameters));
    context.event(TrainingFacts.NAME, Json.fields(facts));
    PhaseInputs last = inputs.last();
    Exhibit<FirstMinibatch> firstMinibatch =
        new Exhibit<>(FirstMinibatch.NAME, FirstMinibatch.class, unfinished, context);
    Exhibit<TransformRows> transforms =
        new Exhibit<>(TransformRows.NAME, TransformRows.class, unfinished, context);
    transforms.begin(last::transforms);
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
            parameters.averaging().by(),
            checkpoints,
            clock,
            "schedule."
                + parameters.schedule().getClass().getAnnotation(Variant.class).value()
                + ".lr");
    try {
      firstMinibatch.begin(() -> FirstMinibatch.of(plan.phase(0), last.dataset().classNames()));
      Checkpoint end = training.from(resumed.orElseGet(() -> Checkpoint.first(beginning.state())));
      firstMinibatch.keepIn(new Folder(request.staging()));
      transforms.keepIn(new Folder(request.staging()));
      Map<String, Object> provenance = Provenance.of(request, spark.version(), inputs, facts);
      return new Publishing(inputs, plan, end)
          .into(request.staging(), beginning.description(), provenance);
    } finally {
      for (TrainingPhase phase : plan.phases()) {
        LearnerPool.close(phase.trainee());
        Feed.letGo(phase.recipe());
      }
    }
  }

  @Override
  public Card card(CardRequest request) throws IOException {
    return new TrainingCard(TrainingSoFar.of(request)).card();
  }
}
