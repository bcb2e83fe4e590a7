package io.millrace.jobs.averaging;

import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.State;
import java.util.ArrayList;
import java.util.List;

/**
 * The mean of the workers' states, weighted by the images that each has seen, as in parameter
 * averaging (McDonald, Hall and Mann 2010, "Distributed Training Strategies for the Structured
 * Perceptron").
 */
final class Average {
  private Average() {}

  /**
   * Sums in double precision in the order of the workers, then rounds once: one worker's state
   * comes out as it was, to the bit. Counts advance by the most steps that a worker took.
   *
   * @param results in the order of the workers, at least one with images
   */
  static State of(List<WorkerRound> results) {
    List<WorkerRound> present = results.stream().filter(result -> result.images() > 0).toList();
    long images = present.stream().mapToLong(WorkerRound::images).sum();
    List<NamedTensor> first = present.get(0).state().tensors();
    List<NamedTensor> averaged = new ArrayList<>(first.size());
    for (int t = 0; t < first.size(); t++) {
      NamedTensor tensor = first.get(t);
      float[] values =
          tensor.role() == Role.COUNT ? most(present, t) : mean(present, t, (double) images);
      averaged.add(new NamedTensor(tensor.name(), tensor.shape(), tensor.role(), values));
    }
    return new State(List.copyOf(averaged));
  }

  private static float[] mean(List<WorkerRound> results, int tensor, double images) {
    float[][] values = new float[results.size()][];
    double[] weights = new double[results.size()];
    for (int worker = 0; worker < values.length; worker++) {
      values[worker] = results.get(worker).state().tensors().get(tensor).values();
      weights[worker] = results.get(worker).images() / images;
    }
    float[] mean = new float[values[0].length];
    for (int i = 0; i < mean.length; i++) {
      double sum = 0;
      for (int worker = 0; worker < values.length; worker++) {
        sum += weights[worker] * values[worker][i];
      }
      mean[i] = (float) sum;
    }
    return mean;
  }

  private static float[] most(List<WorkerRound> results, int tensor) {
    float[] most = results.get(0).state().tensors().get(tensor).values().clone();
    for (WorkerRound result : results) {
      float[] values = result.state().tensors().get(tensor).values();
      for (int i = 0; i < most.length; i++) {
        most[i] = Math.max(most[i], values[i]);
      }
    }
    return most;
  }
}
