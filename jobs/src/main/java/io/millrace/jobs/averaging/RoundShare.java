package io.millrace.jobs.averaging;

import io.millrace.jobs.engine.WorkerShare;
import io.millrace.jobs.feed.Minibatches;
import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.State;
import java.util.Optional;

/** One worker's minibatches of a round, counted and timed. */
final class RoundShare implements WorkerShare<WorkerRound> {
  private static final double NANOS = 1e9;

  private final TrainingPlan plan;
  private final Position position;
  private final long examples;
  private final int minibatches;
  private final Optional<Minibatches> feed;
  private int taken;
  private long started;
  private long handedOver;
  private long stepping;
  private Measures measures = Measures.NONE;

  /**
   * @param worker counted from 0
   */
  RoundShare(TrainingPlan plan, Position position, int worker) {
    int epoch = position.epoch();
    Rounds rounds = plan.rounds(epoch);
    long from = rounds.from(worker, position.round());
    long to = rounds.to(worker, position.round());
    this.plan = plan;
    this.position = position;
    this.examples = to - from;
    this.minibatches = rounds.minibatches(worker, position.round());
    this.feed =
        isEmpty()
            ? Optional.empty()
            : Optional.of(plan.phase(epoch).examples().training(epoch, from, to, rounds.batch()));
  }

  /** Whether the worker's part of the epoch was over before this round. */
  boolean isEmpty() {
    return examples == 0;
  }

  /** Whether there is another minibatch to fit: false when none is left or the worker diverged. */
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
    return batch;
  }

  /** Hyper-parameters of the step on the current minibatch. */
  Hyper hyper() {
    return plan.hyper(position, taken - 1);
  }

  @Override
  public void stepped(Measures found) {
    stepping += System.nanoTime() - handedOver;
    measures = measures.plus(found);
  }

  @Override
  public boolean diverged() {
    return !measures.areFinite();
  }

  @Override
  public WorkerRound report() {
    return report(State.EMPTY);
  }

  /**
   * The report with the worker's state after its steps; an empty state if an engine's library
   * averages.
   */
  WorkerRound report(State after) {
    if (isEmpty()) {
      return WorkerRound.idle();
    }
    double seconds = (System.nanoTime() - started) / NANOS;
    return new WorkerRound(
        examples, measures, hyper(), after, seconds, stepping / NANOS, feed.orElseThrow().times());
  }

  @Override
  public void close() {
    feed.ifPresent(Minibatches::close);
  }
}
