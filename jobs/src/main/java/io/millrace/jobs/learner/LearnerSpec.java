package io.millrace.jobs.learner;

import io.millrace.jobs.loss.Measure;
import io.millrace.jobs.tensor.State;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A learner as plain data, which travels to the executors. Learners of equal specs can take each
 * other's place once they are restored.
 */
public interface LearnerSpec extends Serializable {
  /**
   * A new one, in its first state; to be closed.
   *
   * @throws io.millrace.pipeline.CannotException if its engine does not run on this machine
   */
  Learner learner();

  /** What its steps tell, in order; the first is shown first. */
  List<Measure> measures();

  /** What its validation tells, in order. */
  default List<Measure> validationMeasures() {
    return measures();
  }

  /** Groups of layers that may have learning rates of their own. */
  default Set<String> groupNames() {
    return Set.of();
  }

  /** How many trainable weights there are. */
  long weights();

  /** Bytes of its whole state, at least. */
  default long stateBytes() {
    return weights() * Float.BYTES;
  }

  /**
   * Bytes outside the heap that it holds at once to fit a minibatch, at least; 0 if nobody knows.
   *
   * @param examples in the minibatch
   */
  default long passBytes(int examples) {
    return 0;
  }

  /** True multiply-adds of the forward pass of one example. */
  long multiplyAdds();

  /** What the learners of the task on this thread compute on, e.g. {@code cpu}. */
  String device();

  /** What the engine says of itself on this machine, its {@code device} among it. Starts it. */
  Map<String, String> description();

  /**
   * The state that a learner of this spec goes on with where one of another spec has ended: a phase
   * of a training that follows another one.
   *
   * @param before the spec of the phase before
   * @param state at its end
   * @throws IllegalArgumentException if tensors differ, with all differences
   */
  State carriedOver(LearnerSpec before, State state);
}
