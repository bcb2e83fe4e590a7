package io.millrace.jobs.averaging;

import io.millrace.jobs.learner.LearnerSpec;
import io.millrace.jobs.tensor.State;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a worker reports when it has started its engine.
 *
 * @param description of the engine and what it computes on
 * @param state the initial state of the training; empty for all workers but the first, since theirs
 *     would be the same, and where a training resumes from a checkpoint
 */
public record EngineStart(Map<String, String> description, State state) implements Serializable {
  /** The key of the device in a description. */
  public static final String DEVICE = "device";

  /** Starts the engine on a worker, counted from 0. */
  static EngineStart on(int worker, LearnerSpec spec, Averaging.By who, boolean resumed) {
    Map<String, String> description = spec.description();
    if (who != Averaging.By.MILLRACE && (worker > 0 || resumed)) {
      // An engine's own library does not use our learners.
      return new EngineStart(description, State.EMPTY);
    }
    boolean asked = worker == 0 && !resumed;
    return new EngineStart(
        description,
        asked ? LearnerPool.first(spec) : LearnerPool.with(spec, learner -> State.EMPTY));
  }

  /** Joins the reports of all workers in their order: the first one's, with the devices of all. */
  static EngineStart of(List<EngineStart> all) {
    Map<String, String> description = new LinkedHashMap<>(all.get(0).description());
    description.put(
        DEVICE,
        all.stream()
            .map(one -> one.description().get(DEVICE))
            .distinct()
            .collect(Collectors.joining(", ")));
    return new EngineStart(description, all.get(0).state());
  }
}
