package io.millrace.jobs.optimiser;

import io.millrace.jobs.schedule.Hyper;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a rule remembers: buffers as long as the weights, and how many steps each group of layers
 * has taken. A frozen group counts no steps, as a parameter without a gradient in PyTorch.
 */
final class RuleState {
  private static final String STEPS = "steps";
  // A float counts by ones up to here.
  private static final long LARGEST_COUNT = 1L << 24;

  private final Map<String, float[]> buffers = new LinkedHashMap<>();
  private final Map<String, Long> steps = new LinkedHashMap<>();

  /**
   * @param layout of the weights
   * @param names of the buffers, which begin with 0
   */
  RuleState(Layout layout, String... names) {
    for (String name : names) {
      buffers.put(name, new float[layout.size()]);
    }
    layout.groups().forEach(group -> steps.put(group, 0L));
  }

  /** The buffer itself, not a copy. */
  float[] buffer(String name) {
    return buffers.get(name);
  }

  /** Counts a step of every group that moves. */
  void step(Hyper hyper) {
    steps.replaceAll((group, count) -> hyper.factor(group) == 0 ? count : count + 1);
  }

  /** How many steps a group has taken. */
  long steps(String group) {
    return steps.get(group);
  }

  State copy() {
    steps.forEach(
        (group, count) -> {
          if (count > LARGEST_COUNT) {
            throw new IllegalStateException(
                "Cannot keep a count of " + count + " steps: a state counts to " + LARGEST_COUNT);
          }
        });
    List<NamedTensor> tensors = new ArrayList<>();
    buffers.forEach((name, values) -> tensors.add(tensor(name, Role.AVERAGE, values.clone())));
    steps.forEach(
        (group, count) -> tensors.add(tensor(name(group), Role.COUNT, new float[] {count})));
    return new State(tensors);
  }

  void restore(State state) {
    List<NamedTensor> wanted = new ArrayList<>();
    buffers.forEach((name, values) -> wanted.add(tensor(name, Role.AVERAGE, values)));
    steps.keySet().forEach(group -> wanted.add(tensor(name(group), Role.COUNT, new float[1])));
    State fitted = state.fitted(new State(wanted), "the optimiser");
    int at = 0;
    for (float[] buffer : buffers.values()) {
      System.arraycopy(fitted.tensors().get(at++).values(), 0, buffer, 0, buffer.length);
    }
    for (Map.Entry<String, Long> count : steps.entrySet()) {
      count.setValue((long) fitted.tensors().get(at++).values()[0]);
    }
  }

  private static String name(String group) {
    return group.equals(Layout.REST) ? STEPS : STEPS + "." + group;
  }

  private static NamedTensor tensor(String name, Role role, float[] values) {
    return new NamedTensor(name, new int[] {values.length}, role, values);
  }
}
