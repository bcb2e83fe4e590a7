package io.millrace.jobs.engine.dl4j;

import java.util.List;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * A learning rate or momentum over the steps of one round.
 *
 * @param first iteration of the round, counted from the training's beginning
 * @param values of its steps
 */
record RoundSchedule(int first, List<Double> values) implements ISchedule {
  private static final long serialVersionUID = 1L;

  @Override
  public double valueAt(int iteration, int epoch) {
    return values.get(iteration - first);
  }

  @Override
  public ISchedule clone() {
    return this;
  }
}
