package io.millrace.jobs.train;

import io.millrace.jobs.engine.NamedTensor;
import io.millrace.jobs.engine.State;
import io.millrace.jobs.feed.View;
import io.millrace.jobs.schedule.Hyper;
import io.millrace.jobs.spark.SparkTasks;
import io.millrace.jobs.spark.SparkTasks.Task;
import io.millrace.jobs.train.Validation.Measured;
import io.millrace.jobs.train.Validation.Sums;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import java.io.IOException;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The rounds of a training, from its first state or a checkpoint to its end: broadcast the state,
 * let every worker fit its minibatches, average, go on.
 */
final class Training {
  private static final double NANOS = 1e9;

  private final JavaSparkContext spark;
  private final JobContext context;
  private final TrainingPlan plan;
  private final View validation;
  private final Checkpoints checkpoints;
  private final CheckpointClock clock;
  private final FirstMinibatchKeeper firstMinibatch;
  private final String learningRateKey;

  /**
   * @param validation the view to measure after each epoch; an empty one is not measured
   * @param learningRateKey the key to lower when the loss diverges
   */
  Training(
      JavaSparkContext spark,
      JobContext context,
      TrainingPlan plan,
      View validation,
      Checkpoints checkpoints,
      CheckpointClock clock,
      FirstMinibatchKeeper firstMinibatch,
      String learningRateKey) {
    this.spark = spark;
    this.context = context;
    this.plan = plan;
    this.validation = validation;
    this.checkpoints = checkpoints;
    this.clock = clock;
    this.firstMinibatch = firstMinibatch;
    this.learningRateKey = learningRateKey;
  }

  /**
   * Trains to the end.
   *
   * @return what a checkpoint after the last round holds
   * @throws CannotException if the loss diverges or a picture can't be used
   */
  Checkpoint from(Checkpoint start) throws IOException {
    Rounds rounds = plan.rounds();
    int epochs = plan.schedule().epochs();
    int total = Math.multiplyExact(rounds.perEpoch(), epochs);
    Broadcast<TrainingPlan> shared = spark.broadcast(plan);
    Broadcast<View> measured = spark.broadcast(validation);
    if (start.rounds() > 0) {
      firstMinibatch.resume();
    }
    Recorder recorder = new Recorder(context, start.record());
    Checkpoint now = start;
    try (TrainingProgress progress =
        new TrainingProgress(context, rounds, epochs, start.rounds())) {
      while (now.rounds() < total) {
        now = next(shared, measured, now, recorder, progress);
        boolean epochEnds = now.rounds() % rounds.perEpoch() == 0;
        if (clock.isDue(now.rounds(), epochEnds)) {
          long before = System.nanoTime();
          checkpoints.write(now);
          recorder.addCheckpoint(secondsSince(before));
          clock.written(now.rounds());
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
      measured.destroy();
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
      Broadcast<TrainingPlan> shared,
      Broadcast<View> measured,
      Checkpoint before,
      Recorder recorder,
      TrainingProgress progress)
      throws IOException {
    Rounds rounds = plan.rounds();
    int epoch = before.rounds() / rounds.perEpoch();
    int round = before.rounds() % rounds.perEpoch();
    int number = before.rounds() + 1;
    long start = System.nanoTime();
    Broadcast<State> state = spark.broadcast(before.state());
    List<WorkerRound> results;
    try {
      results = onWorkers("round " + number, new RoundTask(shared, state, epoch, round));
    } finally {
      state.destroy();
    }
    checkSound(results, number, epoch);
    long averaging = System.nanoTime();
    State averaged = Average.of(results);
    Hyper last = last(results);
    if (!isFinite(averaged)) {
      throw diverged("weights became infinite", number, epoch, last);
    }
    double average = secondsSince(averaging);
    double seconds = secondsSince(start);
    for (WorkerRound result : results) {
      firstMinibatch.accept(result.first());
    }
    long images = rounds.inRound(round);
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
            RoundTimes.of(results, average, seconds));
    recorder.add(done);
    progress.tell(done, results);
    if (round == rounds.perEpoch() - 1) {
      recorder.add(epochEnd(shared, measured, averaged, epoch, recorder.record()));
    }
    return new Checkpoint(number, averaged, recorder.record());
  }

  private TrainingRecord.Epoch epochEnd(
      Broadcast<TrainingPlan> shared,
      Broadcast<View> measured,
      State averaged,
      int epoch,
      TrainingRecord record) {
    double loss = record.loss(epoch + 1);
    Double trained = record.accuracy(epoch + 1);
    if (validation.size() == 0) {
      return new TrainingRecord.Epoch(epoch + 1, loss, trained, null, null, null);
    }
    long start = System.nanoTime();
    Broadcast<State> state = spark.broadcast(averaged);
    double lossSum = 0;
    long correct = 0;
    try {
      for (Measured worker :
          onWorkers(
              "validation after epoch " + (epoch + 1), new Validation(shared, measured, state))) {
        if (worker.refusal() != null) {
          throw worker.refusal();
        }
        for (Sums sums : worker.sums()) {
          lossSum += sums.loss();
          correct += sums.correct();
        }
      }
    } finally {
      state.destroy();
    }
    double accuracy = (double) correct / validation.size();
    return new TrainingRecord.Epoch(
        epoch + 1, loss, trained, lossSum / validation.size(), accuracy, secondsSince(start));
  }

  private <R extends Serializable> List<R> onWorkers(String what, Task<Integer, R> task) {
    List<Integer> workers = IntStream.range(0, plan.rounds().workers()).boxed().toList();
    return SparkTasks.run(spark, "train: " + what, workers, task, result -> {});
  }

  private void checkSound(List<WorkerRound> results, int number, int epoch) {
    for (WorkerRound result : results) {
      if (result.refusal() != null) {
        throw result.refusal();
      }
      if (result.diverged()) {
        String what = Double.isNaN(result.lossSum()) ? "NaN" : "infinite";
        throw diverged("loss became " + what, number, epoch, result.last());
      }
    }
  }

  private CannotException diverged(String what, int number, int epoch, Hyper hyper) {
    String checkpoint =
        clock
            .lastWritten()
            .map(rounds -> "the last good checkpoint is " + checkpoints.shown(rounds))
            .orElse("there is no checkpoint yet");
    return new CannotException(
        "train",
        String.format(
            Locale.ROOT,
            "the %s in round %d (epoch %d) at learning rate %.4g; %s; lower %s",
            what,
            number,
            epoch + 1,
            hyper.learningRate(),
            checkpoint,
            learningRateKey));
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

  private static boolean isFinite(State state) {
    for (NamedTensor tensor : state.tensors()) {
      for (float value : tensor.values()) {
        if (!Float.isFinite(value)) {
          return false;
        }
      }
    }
    return true;
  }
}
