package io.millrace.jobs.averaging;

import io.millrace.jobs.feed.Examples;
import io.millrace.jobs.feed.Minibatches;
import io.millrace.jobs.feed.Span;
import io.millrace.jobs.learner.Learner;
import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.spark.SparkTasks.Task;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * Measures a state on a worker's share of the validation examples: the minibatches are the same for
 * any number of workers, and each has its own sums, so that the driver always adds in the same
 * order.
 */
public final class Validation implements Task<Integer, Validation.Measured> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<TrainingPlan> plan;
  private final Broadcast<TrainingState> state;
  private final int epoch;

  /**
   * @param epoch of the whole training, counted from 0: its phase has the examples
   */
  public Validation(Broadcast<TrainingPlan> plan, Broadcast<TrainingState> state, int epoch) {
    this.plan = plan;
    this.state = state;
    this.epoch = epoch;
  }

  @Override
  public Measured apply(Integer worker) {
    TrainingPhase phase = plan.value().phase(epoch);
    Rounds rounds = phase.rounds();
    Examples examples = phase.validation();
    Span span = Span.part(examples.size(), rounds.batch(), worker, rounds.workers());
    if (span.images() == 0) {
      return new Measured(List.of());
    }
    try (Minibatches feed = examples.inOrder(span.from(), span.to(), rounds.batch())) {
      return LearnerPool.with(phase.learner(), learner -> measured(learner, feed, worker));
    }
  }

  private Measured measured(Learner learner, Minibatches feed, int worker) {
    learner.restore(state.value().of(worker));
    List<Measures> all = new ArrayList<>();
    while (feed.hasNext()) {
      all.add(learner.measure(feed.next()));
    }
    return new Measured(all);
  }

  /**
   * What a worker has measured.
   *
   * @param minibatches the measures of each, in their order
   */
  public record Measured(List<Measures> minibatches) implements Serializable {
    /** Copies the list. */
    public Measured {
      minibatches = List.copyOf(minibatches);
    }
  }
}
