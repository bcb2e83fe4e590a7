package io.millrace.jobs.train;

import io.millrace.jobs.averaging.Averager;
import io.millrace.jobs.averaging.Averaging;
import io.millrace.jobs.averaging.LearnerPool;
import io.millrace.jobs.averaging.Position;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.averaging.WorkerRound;
import io.millrace.jobs.averaging.Workers;
import io.millrace.jobs.curves.Recorder;
import io.millrace.jobs.curves.RoundTimes;
import io.millrace.jobs.curves.TrainingRecord;
import io.millrace.jobs.engine.State;
import io.millrace.jobs.feed.Feed;
import io.millrace.jobs.schedule.Hyper;
import io.millrace.jobs.spark.Platform;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The rounds of a training, from its first state or a checkpoint to its end: let every worker fit
 * its minibatches, average, go on.
 */
final class Training {
  private static final double NANOS = 1e9;

  private final JavaSparkContext spark;
  private final JobContext context;
  private final TrainingPlan plan;
  private final Averaging.By by;
  private final Checkpoints checkpoints;
  private final CheckpointClock clock;
  private final Divergence divergence;

  /**
   * @param by who averages
   * @param learningRateKey the key to lower when the loss diverges
   */
  Training(
      JavaSparkContext spark,
      JobContext context,
      TrainingPlan plan,
      Averaging.By by,
      Checkpoints checkpoints,
      CheckpointClock clock,
      String learningRateKey) {
    this.spark = spark;
    this.context = context;
    this.plan = plan;
    this.by = by;
    this.checkpoints = checkpoints;
    this.clock = clock;
    this.divergence = new Divergence(checkpoints, clock, learningRateKey);
  }

  /**
   * Trains to the end.
   *
   * @return what a checkpoint after the last round holds
   * @throws CannotException if the loss diverges or a picture can't be used
   */
  Checkpoint from(Checkpoint start) throws IOException {
    int total = plan.rounds();
    Broadcast<TrainingPlan> shared = spark.broadcast(plan);
    Recorder recorder = new Recorder(context, start.record());
    Checkpoint now = start;
    Workers workers = new Workers(spark, plan.workers());
    try (TrainingProgress progress = new TrainingProgress(context, plan, start.rounds());
        Averager averager = Averager.by(by, workers, shared, Platform.here())) {
      while (now.rounds() < total) {
        Position position = plan.position(now.rounds());
        now = next(averager, new EpochEnd(workers, shared), now, position, recorder, progress);
        if (clock.isDue(now.rounds(), plan.endsEpoch(position))) {
          long before = System.nanoTime();
          checkpoints.write(now);
          recorder.addCheckpoint(secondsSince(before));
          clock.written(now.rounds());
        }
        if (plan.endsPhase(position)) {
          LearnerPool.close(plan.phase(position.epoch()).trainee());
          Feed.letGo(plan.phase(position.epoch()).recipe());
        }
      }
    } catch (Exception e) {
      // Scala throws InterruptedException undeclared, and what fails while the flag is up came of
      // it.
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

  /** Keeps what is done when somebody stops the training; the thread's flag must be down. */
  private CancellationException stopped(Checkpoint now, int total) throws IOException {
    if (now.rounds() > clock.lastWritten().orElse(0)) {
      List<TrainingRecord.Round> told = now.record().rounds();
      // The round that was stopped may have been noted before its epoch was validated.
      told.subList(now.rounds(), told.size()).clear();
      checkpoints.write(now);
    }
    return new CancellationException(
        now.rounds() == 0
            ? "the first round was not done yet"
            : String.format(
                Locale.ROOT, "round %,d of %,d is kept as a checkpoint", now.rounds(), total));
  }

  private Checkpoint next(
      Averager averager,
      EpochEnd epochEnd,
      Checkpoint before,
      Position position,
      Recorder recorder,
      TrainingProgress progress)
      throws IOException {
    int epoch = position.epoch();
    int round = position.round();
    int number = before.rounds() + 1;
    long start = System.nanoTime();
    Averager.Result result = averager.round("round " + number, before.state(), position);
    List<WorkerRound> results = result.workers();
    divergence.checkLosses(results, number, epoch);
    State averaged = result.averaged();
    Hyper last = last(results);
    divergence.checkWeights(averaged, number, epoch, last);
    double seconds = secondsSince(start);
    long images = plan.phase(epoch).rounds().inRound(round);
    TrainingRecord.Round done =
        new TrainingRecord.Round(
            epoch + 1,
            number,
            images,
            results.stream().mapToDouble(WorkerRound::lossSum).sum() / images,
            last.learningRate(),
            last.momentum(),
            seconds,
            results.stream().map(Training::imagesPerSecond).toList(),
            results.stream().mapToLong(WorkerRound::correct).sum() / (double) images,
            RoundTimes.of(results, result.seconds(), seconds));
    recorder.add(done);
    progress.tell(done, results);
    if (plan.endsEpoch(position)) {
      recorder.add(epochEnd.of(epoch, averaged, recorder.record()));
    }
    return new Checkpoint(number, averaged, recorder.record());
  }

  private static Hyper last(List<WorkerRound> results) {
    return results.stream()
        .max(Comparator.comparingLong(WorkerRound::images))
        .map(WorkerRound::last)
        .orElseThrow();
  }

  private static double imagesPerSecond(WorkerRound result) {
    return result.images() == 0 ? 0 : result.images() / result.seconds();
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / NANOS;
  }
}
