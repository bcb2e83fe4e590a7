package io.millrace.jobs.averaging;

import io.millrace.jobs.engine.Learner;
import io.millrace.jobs.engine.State;
import io.millrace.jobs.feed.Feed;
import io.millrace.jobs.feed.Minibatch;
import io.millrace.jobs.feed.Recipe;
import io.millrace.jobs.feed.Span;
import io.millrace.jobs.order.View;
import io.millrace.jobs.spark.SparkTasks.Task;
import io.millrace.pipeline.CannotException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * Measures a state on a worker's share of the validation view: the same minibatches for any number
 * of workers, each with sums of its own, so that the driver adds in one order.
 */
public final class Validation implements Task<Integer, Validation.Measured> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<TrainingPlan> plan;
  private final Broadcast<State> state;
  private final int epoch;

  /**
   * @param epoch of the whole training, counted from 0: its phase has the view
   */
  public Validation(Broadcast<TrainingPlan> plan, Broadcast<State> state, int epoch) {
    this.plan = plan;
    this.state = state;
    this.epoch = epoch;
  }

  @Override
  public Measured apply(Integer worker) {
    TrainingPhase phase = plan.value().phase(epoch);
    Rounds rounds = phase.rounds();
    View view = phase.validation();
    long images = view.size();
    Span span = Span.part(images, rounds.batch(), worker, rounds.workers());
    if (span.images() == 0) {
      return new Measured(List.of());
    }
    Recipe recipe = phase.recipe();
    List<Sums> sums = new ArrayList<>();
    try (Feed feed = Feed.validation(recipe, view, span.from(), span.to(), rounds.batch())) {
      Learner learner = LearnerPool.borrow(phase.trainee());
      boolean whole = false;
      try {
        learner.restore(state.value());
        while (feed.hasNext()) {
          Minibatch batch = feed.next();
          sums.add(sums(batch, learner.predict(batch), recipe.classes()));
        }
        whole = true;
      } finally {
        if (whole) {
          LearnerPool.giveBack(phase.trainee(), learner);
        } else {
          learner.close();
        }
      }
    }
    return new Measured(List.copyOf(sums));
  }

  private static Sums sums(Minibatch batch, float[] probabilities, int classes) {
    int correct = 0;
    double loss = 0;
    for (int i = 0; i < batch.size(); i++) {
      int label = batch.labels()[i];
      if (label < 0 || label >= classes) {
        throw new CannotException(
            "validate on picture " + batch.ids().get(i),
            "its label is " + label + " and the dataset has the classes 0 to " + (classes - 1));
      }
      int best = 0;
      for (int c = 1; c < classes; c++) {
        if (probabilities[i * classes + c] > probabilities[i * classes + best]) {
          best = c;
        }
      }
      correct += best == label ? 1 : 0;
      // A probability that float rounds to 0 counts as the smallest one that it can hold.
      loss -= StrictMath.log(Math.max(probabilities[i * classes + label], Float.MIN_VALUE));
    }
    return new Sums(batch.size(), correct, loss);
  }

  /** The sums of a worker's minibatches, in their order. */
  public record Measured(List<Sums> sums) implements Serializable {}

  /** The sums of one minibatch. */
  public record Sums(int images, int correct, double loss) implements Serializable {}
}
