package io.millrace.jobs.optimiser;

import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a rule remembers, on whatever device: buffers as long as the weights, and how many steps
 * each group of layers has taken. A frozen group counts no steps, as a parameter without a gradient
 * in PyTorch.
 */
public final class RuleState {
  private static final String STEPS = "steps";
  // A float counts by ones up to here.
  private static final long LARGEST_COUNT = 1L << 24;

  private final int size;
  private final Map<String, Buffer> buffers;
  private final Map<String, Long> steps = new LinkedHashMap<>();

  /** One value for each weight, which begins with 0. */
  public interface Buffer {
    /** All values, copied. */
    float[] read();

    /** Takes over all values. */
    void write(float[] values);
  }

  /**
   * The state of a rule that has taken no step.
   *
   * @param layout of the weights
   * @param buffers by name, in order
   */
  public RuleState(Layout layout, Map<String, ? extends Buffer> buffers) {
    this.size = layout.size();
    this.buffers = new LinkedHashMap<>(buffers);
    layout.groups().forEach(group -> steps.put(group, 0L));
  }

  /** Buffers on the heap, by name. */
  static RuleState onHeap(Layout layout, Map<String, float[]> arrays) {
    Map<String, Buffer> buffers = new LinkedHashMap<>();
    arrays.forEach((name, values) -> buffers.put(name, new HeapBuffer(values)));
    return new RuleState(layout, buffers);
  }

  private record HeapBuffer(float[] values) implements Buffer {
    @Override
    public float[] read() {
      return values.clone();
    }

    @Override
    public void write(float[] others) {
      System.arraycopy(others, 0, values, 0, values.length);
    }
  }

  /** Counts a step of every group that moves. */
  public void step(Hyper hyper) {
    steps.replaceAll((group, count) -> hyper.factor(group) == 0 ? count : count + 1);
  }

  /** How many steps a group has taken. */
  public long steps(String group) {
    return steps.get(group);
  }

  /** All of it, copied. */
  public State copy() {
    steps.forEach(
        (group, count) -> {
          if (count > LARGEST_COUNT) {
            throw new IllegalStateException(
                "Cannot keep a count of " + count + " steps: a state counts to " + LARGEST_COUNT);
          }
        });
    List<NamedTensor> tensors = new ArrayList<>();
    buffers.forEach((name, buffer) -> tensors.add(tensor(name, Role.AVERAGE, buffer.read())));
    steps.forEach(
        (group, count) -> tensors.add(tensor(name(group), Role.COUNT, new float[] {count})));
    return new State(tensors);
  }

  /**
   * Takes over a state.
   *
   * @throws IllegalArgumentException if it is of another rule or layout, with all differences;
   *     nothing has changed then
   */
  public void restore(State state) {
    List<NamedTensor> wanted = new ArrayList<>();
    buffers.keySet().forEach(name -> wanted.add(tensor(name, Role.AVERAGE, new float[size])));
    steps.keySet().forEach(group -> wanted.add(tensor(name(group), Role.COUNT, new float[1])));
    State fitted = state.fitted(new State(wanted), "the optimiser");
    int at = 0;
    for (Buffer buffer : buffers.values()) {
      buffer.write(fitted.tensors().get(at++).values());
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
