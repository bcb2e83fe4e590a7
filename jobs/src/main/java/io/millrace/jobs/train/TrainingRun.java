package io.millrace.jobs.train;

import io.millrace.jobs.averaging.Averager;
import io.millrace.jobs.averaging.Averaging;
import io.millrace.jobs.averaging.EngineStart;
import io.millrace.jobs.averaging.LearnerPool;
import io.millrace.jobs.averaging.Position;
import io.millrace.jobs.averaging.TrainingPhase;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.averaging.TrainingState;
import io.millrace.jobs.averaging.WorkerRound;
import io.millrace.jobs.averaging.Workers;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.learner.LearnerSpec;
import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.record.Recorder;
import io.millrace.jobs.record.RoundTimes;
import io.millrace.jobs.record.TrainingRecord;
import io.millrace.jobs.spark.Platform;
import io.millrace.jobs.tensor.State;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A training of any learner on Spark, from its first state or a checkpoint to its end: every worker
 * trains on its minibatches, the states are averaged, and the next round begins. A training job
 * adds its parameters, their checks, a plan, and what it publishes.
 */
final class TrainingRun implements AutoCloseable {
  private static final double NANOS = 1e9;

  /**
   * The settings of a training beside its plan.
   *
   * @param by who averages
   * @param checkpoint when it can be resumed from
   * @param identity of the training: a checkpoint of another one is ignored
   * @param learningRateKey the key to lower when a measure diverges
   * @param stop when it ends before its last round
   * @param stopIsTheEnd whether it is done then, and also where a measure diverges; otherwise it
   *     has failed
   */
  record Settings(
      Averaging.By by,
      Checkpointing checkpoint,
      String identity,
      String learningRateKey,
      Optional<StopRule> stop,
      boolean stopIsTheEnd) {
    /** Of a training that ends after its last round alone. */
    Settings(Averaging.By by, Checkpointing checkpoint, String identity, String learningRateKey) {
      this(by, checkpoint, identity, learningRateKey, Optional.empty(), false);
    }
  }

  private final Workers workers;
  private final JobContext context;
  private final TrainingPlan plan;
  private final Settings settings;
  private final Checkpoints checkpoints;
  private final CheckpointClock clock;
  private final Divergence divergence;
  private final Map<String, String> description;
  private final boolean resumed;
  private final Checkpoint start;

  private TrainingRun(
      Workers workers,
      JobContext context,
      TrainingPlan plan,
      Settings settings,
      Checkpoints checkpoints,
      Optional<Checkpoint> found,
      EngineStart engine,
      UnaryOperator<State> begun) {
    this.workers = workers;
    this.context = context;
    this.plan = plan;
    this.settings = settings;
    this.checkpoints = checkpoints;
    this.clock =
        new CheckpointClock(settings.checkpoint(), found.map(Checkpoint::rounds), System::nanoTime);
    this.divergence = new Divergence(checkpoints, clock, settings.learningRateKey());
    this.description = engine.description();
    this.resumed = found.isPresent();
    this.start =
        found.orElseGet(
            () ->
                Checkpoint.first(TrainingState.first(begun.apply(engine.state()), plan.workers())));
  }

  /**
   * Looks for a checkpoint and starts the engine on all machines with workers.
   *
   * @param unfinished the folder of the stage's unfinished work; checkpoints lie in {@code
   *     checkpoints}
   * @throws CannotException if the engine does not run on a worker's machine
   */
  static TrainingRun begin(
      JavaSparkContext spark,
      JobContext context,
      TrainingPlan plan,
      Settings settings,
      URI unfinished)
      throws IOException {
    return begin(spark, context, plan, settings, unfinished, UnaryOperator.identity());
  }

  /**
   * The same of a training that begins with other weights than those of the seed.
   *
   * @param begun makes its first state of the learner's; not called where it resumes
   */
  static TrainingRun begin(
      JavaSparkContext spark,
      JobContext context,
      TrainingPlan plan,
      Settings settings,
      URI unfinished,
      UnaryOperator<State> begun)
      throws IOException {
    Checkpoints checkpoints =
        new Checkpoints(
            JobFiles.in(JobFiles.in(unfinished).path("checkpoints").toUri()),
            settings.identity(),
            plan.workers(),
            settings.checkpoint().keep());
    Optional<Checkpoint> found = checkpoints.newest(context);
    LearnerSpec first = plan.phaseAfter(found.map(Checkpoint::rounds).orElse(0)).learner();
    Workers workers = new Workers(spark, plan.workers());
    EngineStart engine = workers.begin(first, settings.by(), found.isPresent());
    return new TrainingRun(workers, context, plan, settings, checkpoints, found, engine, begun);
  }

  /** The engine's description of itself, with the devices of all workers. */
  Map<String, String> description() {
    return description;
  }

  /** Reports the checkpoint that it resumes from, if any. */
  void tellWhereItBegins() {
    if (resumed) {
      context.notice("Training resumes from the checkpoint after round " + start.rounds() + ".");
    }
  }

  /**
   * Trains to the end.
   *
   * @return the checkpoint after the last round
   * @throws CannotException if a measure diverges or an example can't be used
   */
  Checkpoint toEnd() throws IOException {
    int total = plan.rounds();
    Broadcast<TrainingPlan> shared = workers.spark().broadcast(plan);
    Recorder recorder = new Recorder(context, start.record());
    Checkpoint now = start;
    try (TrainingProgress progress = new TrainingProgress(context, plan, start.rounds());
        Averager averager = Averager.by(settings.by(), workers, shared, Platform.here())) {
      while (now.rounds() < total) {
        Position position = plan.position(now.rounds());
        Optional<Checkpoint> next =
            next(averager, new EpochEnd(workers, shared), now, position, recorder, progress);
        if (next.isEmpty()) {
          break;
        }
        now = next.get();
        if (clock.isDue(now.rounds(), plan.endsEpoch(position))) {
          long before = System.nanoTime();
          checkpoints.write(now, description);
          recorder.addCheckpoint(secondsSince(before));
          clock.written(now.rounds());
        }
        if (plan.endsPhase(position)) {
          release(plan.phase(position.epoch()));
        }
      }
    } catch (Exception e) {
      // Scala throws InterruptedException undeclared; and if the interrupt flag is set, it caused
      // the failure.
      boolean stopped = e instanceof CancellationException || e instanceof InterruptedException;
      if (Thread.interrupted() || stopped) {
        throw stopped(now, total);
      }
      throw e;
    } finally {
      shared.destroy();
    }
    return now;
  }

  /** Its rounds and epochs so far, also those after the last checkpoint. */
  TrainingRecord record() {
    return start.record();
  }

  /** Frees what this process keeps for the training. */
  @Override
  public void close() {
    plan.phases().forEach(TrainingRun::release);
  }

  private static void release(TrainingPhase phase) {
    LearnerPool.close(phase.learner());
    phase.examples().release();
  }

  /**
   * Writes a checkpoint when somebody stops the training; the thread's interrupt flag must be
   * cleared.
   */
  private CancellationException stopped(Checkpoint now, int total) throws IOException {
    if (now.rounds() > clock.lastWritten().orElse(0)) {
      List<TrainingRecord.Round> told = now.record().rounds();
      // The stopped round may have been recorded before its epoch was validated.
      told.subList(now.rounds(), told.size()).clear();
      checkpoints.write(now, description);
    }
    return new CancellationException(
        now.rounds() == 0
            ? "the first round was not done yet"
            : "round %s of %s is kept as a checkpoint"
                .formatted(Amounts.count(now.rounds()), Amounts.count(total)));
  }

  /** The next round; empty if the training ends before it. */
  private Optional<Checkpoint> next(
      Averager averager,
      EpochEnd epochEnd,
      Checkpoint before,
      Position position,
      Recorder recorder,
      TrainingProgress progress)
      throws IOException {
    int epoch = position.epoch();
    int number = before.rounds() + 1;
    long start = System.nanoTime();
    Averager.Result result =
        averager.round("round " + number, start(before.state(), position), position);
    List<WorkerRound> results = result.workers();
    if (settings.stopIsTheEnd() && result.averaged().isEmpty()) {
      return Optional.empty();
    }
    divergence.checkMeasures(results, number, epoch);
    TrainingState averaged = result.averaged().orElseThrow();
    Hyper last = last(results);
    divergence.checkWeights(averaged, number, epoch, last);
    double seconds = secondsSince(start);
    Measures measures =
        results.stream().map(WorkerRound::measures).reduce(Measures.NONE, Measures::plus);
    TrainingRecord.Round done =
        new TrainingRecord.Round(
            epoch + 1,
            number,
            results.stream().mapToLong(WorkerRound::examples).sum(),
            measures.means(),
            last.learningRate(),
            last.momentum(),
            seconds,
            results.stream().map(TrainingRun::examplesPerSecond).toList(),
            RoundTimes.of(results, result.seconds(), seconds));
    recorder.add(done);
    progress.tell(done, results);
    if (plan.endsEpoch(position)) {
      recorder.add(epochEnd.of(epoch, averaged, recorder.record()));
    }
    Optional<String> reached =
        settings.stop().flatMap(it -> it.reached(recorder.record(), plan.rounds()));
    if (reached.isPresent() && !settings.stopIsTheEnd()) {
      throw divergence.tooLarge(reached.get());
    }
    return reached.isPresent()
        ? Optional.empty()
        : Optional.of(new Checkpoint(number, averaged, recorder.record()));
  }

  /** A phase may have another optimiser than the one before. */
  private TrainingState start(TrainingState before, Position position) {
    if (!plan.followsPhase(position)) {
      return before;
    }
    LearnerSpec ended = plan.phase(position.epoch() - 1).learner();
    LearnerSpec begun = plan.phase(position.epoch()).learner();
    return before.changed(state -> begun.carriedOver(ended, state));
  }

  private static Hyper last(List<WorkerRound> results) {
    return results.stream()
        .max(Comparator.comparingLong(WorkerRound::examples))
        .map(WorkerRound::last)
        .orElseThrow();
  }

  private static double examplesPerSecond(WorkerRound result) {
    return result.examples() == 0 ? 0 : result.examples() / result.seconds();
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / NANOS;
  }
}
