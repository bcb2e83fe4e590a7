package io.millrace.jobs.averaging;

import io.millrace.jobs.engine.AveragingMaster;
import io.millrace.jobs.engine.AveragingMaster.Averaged;
import io.millrace.jobs.engine.AveragingSetup;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.engine.WorkerShare;
import io.millrace.jobs.learner.Supervised;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.spark.Platform;
import io.millrace.pipeline.CannotException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Rounds by an engine's own library, fed with Millrace's minibatches. */
final class EngineAverager implements Averager {
  private final JavaSparkContext spark;
  private final Broadcast<TrainingPlan> plan;
  private final Platform driver;
  private Optional<AveragingSetup> current = Optional.empty();
  private AveragingMaster master;

  /**
   * @param driver the platform of the driver, which must be that of every executor: Spark may give
   *     tasks to an executor that started later, and the engine's tasks do not check it
   */
  EngineAverager(JavaSparkContext spark, Broadcast<TrainingPlan> plan, Platform driver) {
    this.spark = spark;
    this.plan = plan;
    this.driver = driver;
  }

  @Override
  public Result round(String what, TrainingState before, Position position) {
    TrainingPlan all = plan.value();
    makeReady(all.phase(position.epoch()), all);
    int steps = all.rounds(position.epoch()).minibatches(position.round());
    List<Hyper> hypers =
        IntStream.range(0, steps).mapToObj(step -> all.hyper(position, step)).toList();
    Averaged<WorkerRound> round =
        master.round("train: " + what, before.shared(), hypers, new Shares(plan, position, driver));
    return new Result(
        round.reports(),
        Optional.ofNullable(round.state()).map(it -> new TrainingState(it, before.local())),
        round.seconds());
  }

  @Override
  public void close() {
    if (master != null) {
      master.close();
    }
  }

  /**
   * A phase may have images of another size, and so another network. The plan has already checked
   * that the learner is supervised.
   */
  private void makeReady(TrainingPhase phase, TrainingPlan all) {
    Supervised trained = (Supervised) phase.learner();
    if (!phase.rates().isEmpty()) {
      throw new CannotException(
          "average by dl4j-spark",
          "it has one learning rate for all layers; take averaging.by = millrace");
    }
    Rounds rounds = phase.rounds();
    AveragingSetup setup =
        new AveragingSetup(
            trained.blueprint(),
            trained.optimiser(),
            all.schedule(),
            rounds.workers(),
            trained.threads(),
            rounds.batch(),
            rounds.every());
    if (current.filter(setup::equals).isEmpty()) {
      close();
      master = Engines.named(trained.engine()).averaging().orElseThrow().master(spark, setup);
      current = Optional.of(setup);
    }
  }

  /** What each worker does in a round. */
  private record Shares(Broadcast<TrainingPlan> plan, Position position, Platform driver)
      implements WorkerShare.Source<WorkerRound> {
    @Override
    public int minibatches(int worker) {
      Rounds rounds = plan.value().rounds(position.epoch());
      return rounds.minibatches(worker, position.round());
    }

    @Override
    public RoundShare of(int worker) {
      driver
          .refusalHere()
          .ifPresent(
              refusal -> {
                throw refusal;
              });
      return new RoundShare(plan.value(), position, worker);
    }
  }
}
