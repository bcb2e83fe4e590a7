package io.millrace.jobs.train;

import io.millrace.jobs.averaging.Averaging;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.Json;
import io.millrace.jobs.record.TrainingFacts;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.Fact;
import io.millrace.pipeline.card.Figure;
import io.millrace.pipeline.card.Series;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.FactsRequest;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.spec.Canonical;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Trains a few steps at rising learning rates, to see which are too small and which too large. */
public final class LrFindJob implements Job<LrFindParameters> {
  /** The job's name. */
  public static final String NAME = "lr-find";

  private static final double STOP = 4;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String summary() {
    return "Find a learning rate: train a few steps at rising rates and look at the loss.";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "millrace lr-find --shards shards/cifar10 --stats stats/cifar10 --architecture resnet"
            + " --channels 16,32,64",
        "millrace lr-find --shards shards/cifar10 --stats stats/cifar10 --architecture resnet"
            + " --channels 16,32,64 --from 1e-4 --to 1 --steps 200 --json");
  }

  @Override
  public String makes() {
    return "a search for a learning rate";
  }

  @Override
  public Class<LrFindParameters> parameters() {
    return LrFindParameters.class;
  }

  @Override
  public List<Problem> check(LrFindParameters parameters) {
    List<Problem> problems = new ArrayList<>();
    if (parameters.training().schedule().isPresent()) {
      problems.add(
          new Problem(
              "schedule", "lr-find has its own rates, by from, to and steps; leave out this key"));
    }
    if (!parameters.training().phases().isEmpty()) {
      problems.add(
          new Problem("phases", "lr-find trains in one phase; give the keys of the one you mean"));
    }
    if (parameters.training().averaging().by() != Averaging.By.MILLRACE) {
      problems.add(new Problem("averaging.by", "lr-find averages by millrace; leave out this key"));
    }
    problems.addAll(new TrainJob().check(parameters.swept(1)));
    return problems;
  }

  /**
   * {@inheritDoc}
   *
   * @throws CannotException as a training does, but not where a loss diverges: there it ends
   */
  @Override
  public JobResult run(JobRequest<LrFindParameters> request, JobContext context)
      throws IOException {
    LrFindParameters parameters = request.parameters();
    TrainingInputs one = TrainingInputs.open(parameters.swept(1));
    long perEpoch = Planning.of(one).plan().rounds(0).minibatches();
    TrainParameters training = parameters.swept((double) parameters.steps() / perEpoch);
    TrainingInputs inputs = TrainingInputs.open(training);
    JavaSparkContext spark = SharedSpark.context(request, context);
    ClassifierPlan classifier = Planning.of(inputs);
    TrainingPlan plan = classifier.plan();
    Optional<Start> start = Start.of(training, classifier.network());
    TrainingRun.Settings settings =
        new TrainingRun.Settings(
            training.averaging().by(),
            training.checkpoint(),
            start.map(it -> it.identity(inputs.identity())).orElseGet(inputs::identity),
            "to",
            Optional.of(new StopRule(training.stopDiv().orElse(STOP))),
            true);
    try (TrainingRun run =
        TrainingRun.begin(
            spark,
            context,
            plan,
            settings,
            request.unfinished(),
            first -> start.map(it -> it.in(first)).orElse(first))) {
      TrainingFacts facts =
          TrainingFacts.of(
              plan,
              classifier.last().recipe().input().toString(),
              inputs.last().dataset().classNames().size(),
              Canonical.inFull(training));
      context.event(TrainingFacts.NAME, Json.fields(facts));
      run.tellWhereItBegins();
      run.toEnd();
      if (run.record().rounds().size() < 2) {
        throw new CannotException(
            "find a learning rate",
            "the loss is not a number after the first step at %s; begin at a smaller rate, with from"
                .formatted(Amounts.figure(parameters.from())));
      }
      Sweep sweep = Sweep.of(run.record(), plan.rounds());
      JobFiles.in(request.staging()).write(Sweep.FILE, out -> out.write(Json.bytes(sweep)));
      return result(sweep);
    }
  }

  private static JobResult result(Sweep sweep) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("valley", sweep.suggestion().valley());
    metrics.put("steepest", sweep.suggestion().steepest());
    metrics.put("minimum", sweep.suggestion().minimum());
    metrics.put("steps", sweep.curve().size());
    return new JobResult(
        sweep.digest(), metrics, "learning rate " + Amounts.figure(sweep.suggestion().valley()));
  }

  @Override
  public Card card(CardRequest request) throws IOException {
    Optional<URI> artifact = request.artifact();
    return artifact.isEmpty() ? Card.EMPTY : card(Sweep.open(artifact.get()));
  }

  private static Card card(Sweep sweep) {
    Sweep.Suggestion suggestion = sweep.suggestion();
    double[] x = sweep.curve().stream().mapToDouble(it -> Math.log10(it.lr())).toArray();
    double[] loss = sweep.curve().stream().mapToDouble(Sweep.Point::loss).toArray();
    double[] smoothed = sweep.curve().stream().mapToDouble(Sweep.Point::smoothed).toArray();
    return new Card(
        List.of(
            new Block.Figures(
                List.of(
                    new Figure("valley", Amounts.figure(suggestion.valley()), "a rate to try"),
                    new Figure("steepest", Amounts.figure(suggestion.steepest())),
                    new Figure("minimum / 10", Amounts.figure(suggestion.minimum())))),
            new Block.Lines(
                "Loss by learning rate",
                "logarithm of the learning rate to base 10",
                "nats",
                List.of(
                    new Series("loss", x, loss, true),
                    new Series("loss, smoothed", x, smoothed)))));
  }

  @Override
  public Optional<String> contentsFile() {
    return Optional.of(Sweep.FILE);
  }

  @Override
  public List<Fact> facts(FactsRequest request) throws IOException {
    Sweep sweep = Sweep.open(request.artifact());
    return List.of(
        new Fact("valley", Amounts.figure(sweep.suggestion().valley())),
        new Fact("steepest", Amounts.figure(sweep.suggestion().steepest())),
        new Fact("minimum / 10", Amounts.figure(sweep.suggestion().minimum())),
        new Fact(
            "steps",
            "%s of %s"
                .formatted(Amounts.count(sweep.curve().size()), Amounts.count(sweep.steps()))));
  }
}
