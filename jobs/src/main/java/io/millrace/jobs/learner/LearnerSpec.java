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
   * A new learner in its first state; the caller closes it.
   *
   * @throws io.millrace.pipeline.CannotException if its engine does not run on this machine
   */
  Learner learner();

  /** The measures of its steps, in the order in which they are shown. */
  List<Measure> measures();

  /** The measures of its validation, in order. */
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
   * Bytes outside the heap that it holds at once to fit a minibatch, at least; 0 if unknown.
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

  /** Describes the engine on this machine, its {@code device} included. Starts the engine. */
  Map<String, String> description();

  /**
   * The first state of a phase of a training, made from the last state of the phase before.
   *
   * @param before the spec of the phase before
   * @param state at its end
   * @throws IllegalArgumentException if tensors differ, with all differences
   */
  State carriedOver(LearnerSpec before, State state);
}
