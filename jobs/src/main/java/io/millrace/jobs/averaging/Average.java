package io.millrace.jobs.averaging;

import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.State;
import java.util.ArrayList;
import java.util.List;

/**
 * The mean of the workers' states, weighted by the examples that each has seen, as in parameter
 * averaging (McDonald, Hall and Mann 2010, "Distributed Training Strategies for the Structured
 * Perceptron").
 */
final class Average {
  private Average() {}

  /**
   * The state after a round: the mean of the shared tensors, and each worker's own tensors; a
   * worker without examples keeps those it had.
   *
   * @param before the round
   * @param results in the order of the workers, at least one with examples
   */
  static TrainingState of(TrainingState before, List<WorkerRound> results) {
    List<State> local = new ArrayList<>(results.size());
    for (int worker = 0; worker < results.size(); worker++) {
      WorkerRound result = results.get(worker);
      local.add(
          result.examples() > 0 ? TrainingState.local(result.state()) : before.local().get(worker));
    }
    return new TrainingState(shared(results), local);
  }

  /**
   * Sums in double precision in the order of the workers, then rounds once: the mean of one worker
   * is that worker's state, bit for bit. Step counts become those of the worker with the most
   * steps.
   */
  private static State shared(List<WorkerRound> results) {
    List<WorkerRound> present = results.stream().filter(it -> it.examples() > 0).toList();
    double examples = present.stream().mapToLong(WorkerRound::examples).sum();
    double[] weights = present.stream().mapToDouble(it -> it.examples() / examples).toArray();
    List<List<NamedTensor>> states =
        present.stream().map(it -> TrainingState.shared(it.state()).tensors()).toList();
    List<NamedTensor> averaged = new ArrayList<>();
    for (int t = 0; t < states.get(0).size(); t++) {
      int tensor = t;
      NamedTensor first = states.get(0).get(t);
      List<float[]> values = states.stream().map(state -> state.get(tensor).values()).toList();
      averaged.add(
          new NamedTensor(
              first.name(),
              first.shape(),
              first.role(),
              first.role() == Role.COUNT ? most(values) : mean(values, weights)));
    }
    return new State(averaged);
  }

  private static float[] mean(List<float[]> all, double[] weights) {
    float[][] values = all.toArray(float[][]::new);
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

  private static float[] most(List<float[]> all) {
    float[] most = all.get(0).clone();
    for (float[] values : all) {
      for (int i = 0; i < most.length; i++) {
        most[i] = Math.max(most[i], values[i]);
      }
    }
    return most;
  }
}
