package io.millrace.jobs.averaging;

import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.State;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The state of a training between two rounds: tensors that all workers share, and those that each
 * worker has for itself.
 *
 * @param shared all tensors but the {@link Role#LOCAL} ones
 * @param local the LOCAL tensors of each worker, in the order of the workers
 */
public record TrainingState(State shared, List<State> local) implements Serializable {
  private static final String WORKER = "worker-";

  /** Copies the list. */
  public TrainingState {
    local = List.copyOf(local);
  }

  /** The state of a training in which every worker begins with the same tensors. */
  public static TrainingState first(State learner, int workers) {
    return new TrainingState(shared(learner), Collections.nCopies(workers, local(learner)));
  }

  /** The state that a worker, counted from 0, resumes from. */
  public State of(int worker) {
    return shared.and(local.get(worker));
  }

  /**
   * All tensors in one state: the names of the LOCAL ones begin with {@code worker-1} and so on.
   */
  public State flat() {
    State all = shared;
    for (int worker = 0; worker < local.size(); worker++) {
      all = all.and(local.get(worker).under(WORKER + (worker + 1)));
    }
    return all;
  }

  /** Reverses {@link #flat}. */
  public static TrainingState ofFlat(State flat, int workers) {
    State local = local(flat);
    return new TrainingState(
        shared(flat),
        IntStream.rangeClosed(1, workers).mapToObj(it -> local.only(WORKER + it)).toList());
  }

  /** The same with each worker's state changed. */
  public TrainingState changed(UnaryOperator<State> change) {
    State one = change.apply(of(0));
    return new TrainingState(
        shared(one),
        IntStream.range(0, local.size())
            .mapToObj(worker -> local(worker == 0 ? one : change.apply(of(worker))))
            .toList());
  }

  /** The tensors of a state that are averaged. */
  static State shared(State state) {
    return state.where(tensor -> !isLocal(tensor));
  }

  /** The tensors of a state that stay with their worker. */
  static State local(State state) {
    return state.where(TrainingState::isLocal);
  }

  private static boolean isLocal(NamedTensor tensor) {
    return tensor.role() == Role.LOCAL;
  }
}
