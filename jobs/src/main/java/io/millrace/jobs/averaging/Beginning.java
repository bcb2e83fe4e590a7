package io.millrace.jobs.averaging;

import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.engine.Learner;
import io.millrace.jobs.tensor.State;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What workers say when they have started their engine.
 *
 * @param description of the engine and what it computes on
 * @param state that a training begins with; null of all workers but the first, which would say the
 *     same, and where a training goes on from another
 */
public record Beginning(Map<String, String> description, State state) implements Serializable {
  /** Of a description. */
  public static final String DEVICE = "device";

  /** On a worker, counted from 0. */
  static Beginning on(int worker, Trainee trainee, Averaging.By who, boolean resumed) {
    Map<String, String> description = Engines.named(trainee.engine()).description();
    if (who != Averaging.By.MILLRACE && (worker > 0 || resumed)) {
      // It would have no use for a learner of ours.
      return new Beginning(description, null);
    }
    Learner learner = LearnerPool.borrow(trainee);
    State state = worker == 0 && !resumed ? learner.state() : null;
    LearnerPool.giveBack(trainee, learner);
    return new Beginning(description, state);
  }

  /** Of all workers, in their order: the first one's, with the devices of all. */
  static Beginning of(List<Beginning> all) {
    Map<String, String> description = new LinkedHashMap<>(all.get(0).description());
    description.put(
        DEVICE,
        all.stream()
            .map(one -> one.description().get(DEVICE))
            .distinct()
            .collect(Collectors.joining(", ")));
    return new Beginning(description, all.get(0).state());
  }
}
