package io.millrace.jobs.train;

import io.millrace.jobs.engine.Learner;
import io.millrace.jobs.engine.Pass;
import io.millrace.jobs.engine.State;
import io.millrace.jobs.feed.Feed;
import io.millrace.jobs.feed.FeedTimes;
import io.millrace.jobs.feed.Minibatch;
import io.millrace.jobs.schedule.Hyper;
import io.millrace.jobs.spark.SparkTasks.Task;
import io.millrace.pipeline.CannotException;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/** One worker's share of a round: a pure function of plan, state, epoch, round and worker. */
final class RoundTask implements Task<Integer, WorkerRound> {
  private static final long serialVersionUID = 1L;
  private static final double NANOS = 1e9;

  private final Broadcast<TrainingPlan> plan;
  private final Broadcast<State> state;
  private final int epoch;
  private final int round;

  /**
   * @param epoch of the whole training, counted from 0
   * @param round of the epoch, counted from 0
   */
  RoundTask(Broadcast<TrainingPlan> plan, Broadcast<State> state, int epoch, int round) {
    this.plan = plan;
    this.state = state;
    this.epoch = epoch;
    this.round = round;
  }

  @Override
  public WorkerRound apply(Integer worker) {
    TrainingPhase phase = plan.value().phase(epoch);
    Rounds rounds = phase.rounds();
    long from = rounds.from(worker, round);
    long to = rounds.to(worker, round);
    if (from == to) {
      return WorkerRound.idle();
    }
    try (Feed feed = Feed.training(phase.recipe(), epoch, from, to, rounds.batch())) {
      Learner learner = LearnerPool.borrow(phase.trainee());
      boolean whole = false;
      try {
        WorkerRound result = fitted(learner, feed, to - from, epoch == 0 && from == 0);
        whole = true;
        return result;
      } finally {
        if (whole) {
          LearnerPool.giveBack(phase.trainee(), learner);
        } else {
          learner.close();
        }
      }
    } catch (CannotException e) {
      return WorkerRound.refused(e);
    }
  }

  private WorkerRound fitted(Learner learner, Feed feed, long images, boolean startsTheTraining) {
    long start = System.nanoTime();
    TrainingPhase phase = plan.value().phase(epoch);
    learner.restore(state.value());
    double lossSum = 0;
    long correct = 0;
    long stepping = 0;
    Hyper hyper = null;
    List<SeenPicture> first = List.of();
    for (long step = (long) round * phase.rounds().every(); feed.hasNext(); step++) {
      Minibatch batch = feed.next();
      if (step == 0 && startsTheTraining) {
        first = SeenPicture.of(batch, phase.recipe());
      }
      hyper = plan.value().hyper(epoch, step);
      long before = System.nanoTime();
      Pass pass = learner.step(batch, hyper);
      stepping += System.nanoTime() - before;
      lossSum += pass.loss() * batch.size();
      correct += pass.correct();
      if (!Double.isFinite(lossSum)) {
        return new WorkerRound(
            images, lossSum, correct, hyper, null, 0, 0, FeedTimes.NONE, first, null);
      }
    }
    State after = learner.state();
    double seconds = (System.nanoTime() - start) / NANOS;
    return new WorkerRound(
        images,
        lossSum,
        correct,
        hyper,
        after,
        seconds,
        stepping / NANOS,
        feed.times(),
        first,
        null);
  }
}
