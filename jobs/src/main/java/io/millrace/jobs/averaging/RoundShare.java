package io.millrace.jobs.averaging;

import io.millrace.jobs.engine.Pass;
import io.millrace.jobs.engine.State;
import io.millrace.jobs.engine.WorkerShare;
import io.millrace.jobs.feed.Feed;
import io.millrace.jobs.feed.Minibatch;
import io.millrace.jobs.schedule.Hyper;
import java.util.Optional;

/** One worker's minibatches of a round from its feed, counted and timed. */
final class RoundShare implements WorkerShare<WorkerRound> {
  private static final double NANOS = 1e9;

  private final TrainingPlan plan;
  private final TrainingPhase phase;
  private final Position position;
  private final long from;
  private final long to;
  private final int minibatches;
  private final Optional<Feed> feed;
  private int taken;
  private int size;
  private long started;
  private long handedOver;
  private long stepping;
  private double lossSum;
  private long correct;

  /**
   * @param worker counted from 0
   */
  RoundShare(TrainingPlan plan, Position position, int worker) {
    int epoch = position.epoch();
    this.plan = plan;
    this.phase = plan.phase(epoch);
    this.position = position;
    this.from = phase.rounds().from(worker, position.round());
    this.to = phase.rounds().to(worker, position.round());
    this.minibatches = phase.rounds().minibatches(worker, position.round());
    this.feed =
        isEmpty()
            ? Optional.empty()
            : Optional.of(Feed.training(phase.recipe(), epoch, from, to, phase.rounds().batch()));
  }

  /** Whether the worker's part of the epoch was over before this round. */
  boolean isEmpty() {
    return from == to;
  }

  /** Whether there is another minibatch that it is of use to step on. */
  boolean hasNext() {
    return taken < minibatches && !diverged();
  }

  @Override
  public Minibatch next() {
    if (taken == 0) {
      started = System.nanoTime();
    }
    Minibatch batch = feed.orElseThrow().next();
    taken++;
    handedOver = System.nanoTime();
    size = batch.size();
    return batch;
  }

  /** Hyper-parameters of the step on the minibatch at hand. */
  Hyper hyper() {
    return plan.hyper(position, taken - 1);
  }

  @Override
  public void stepped(Pass pass) {
    stepping += System.nanoTime() - handedOver;
    lossSum += pass.loss() * size;
    correct += pass.correct();
  }

  @Override
  public boolean diverged() {
    return !Double.isFinite(lossSum);
  }

  @Override
  public WorkerRound report() {
    return report(null);
  }

  /** The same with the worker's state after its steps; null if somebody else has it. */
  WorkerRound report(State after) {
    if (isEmpty()) {
      return WorkerRound.idle();
    }
    double seconds = (System.nanoTime() - started) / NANOS;
    return new WorkerRound(
        to - from,
        lossSum,
        correct,
        hyper(),
        after,
        seconds,
        stepping / NANOS,
        feed.orElseThrow().times());
  }

  @Override
  public void close() {
    feed.ifPresent(Feed::close);
  }
}
