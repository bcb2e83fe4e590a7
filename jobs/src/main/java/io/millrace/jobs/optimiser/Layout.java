package io.millrace.jobs.optimiser;

import io.millrace.jobs.architecture.TensorKind;
import io.millrace.jobs.architecture.TensorSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which slice of one flat array of weights is which tensor, so that an update rule may treat
 * layers, kinds and groups differently.
 *
 * @param parts one after the other, without gaps
 */
public record Layout(List<Part> parts) implements Serializable {
  /** The group of all tensors that are in no named group. */
  public static final String REST = "";

  /** Copies the list. */
  public Layout {
    parts = List.copyOf(parts);
  }

  /**
   * One trainable tensor.
   *
   * @param name canonical
   * @param kind what it is for
   * @param shape e.g. {@code [out, in]}
   * @param group whose rate it has; {@link #REST} if none names it
   * @param offset of its first value
   * @param length how many values it has
   */
  public record Part(
      String name, TensorKind kind, int[] shape, String group, int offset, int length)
      implements Serializable {
    /** After its last value. */
    public int end() {
      return offset + length;
    }
  }

  /**
   * The layout of the trainable tensors among these, in their order.
   *
   * @throws ArithmeticException if there are more values than an array can hold
   */
  public static Layout of(List<TensorSpec> tensors) {
    List<Part> parts = new ArrayList<>();
    int offset = 0;
    for (TensorSpec tensor : tensors) {
      if (tensor.trainable()) {
        int length = tensor.size();
        parts.add(new Part(tensor.name(), tensor.kind(), tensor.shape(), REST, offset, length));
        offset = Math.addExact(offset, length);
      }
    }
    return new Layout(parts);
  }

  /**
   * The same with groups.
   *
   * @param groups by name: the names of its tensors, or prefixes of them up to a dot ({@code
   *     block1} has {@code block1.conv1.weight})
   * @throws IllegalArgumentException if a prefix names no tensor or two groups claim one
   */
  public Layout grouped(Map<String, List<String>> groups) {
    List<Part> grouped = new ArrayList<>(parts);
    groups.forEach(
        (group, prefixes) -> {
          for (String prefix : prefixes) {
            claim(grouped, group, prefix);
          }
        });
    return new Layout(grouped);
  }

  private static void claim(List<Part> parts, String group, String prefix) {
    boolean found = false;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (!isIn(part.name(), prefix)) {
        continue;
      }
      if (!part.group().equals(REST) && !part.group().equals(group)) {
        throw new IllegalArgumentException(
            "Cannot put %s into the group %s: the group %s has it"
                .formatted(part.name(), group, part.group()));
      }
      found = true;
      parts.set(
          i, new Part(part.name(), part.kind(), part.shape(), group, part.offset(), part.length()));
    }
    if (!found) {
      throw new IllegalArgumentException(
          "Cannot put %s into the group %s: no tensor's name begins with it"
              .formatted(prefix, group));
    }
  }

  /** Whether a tensor is what a name or a prefix up to a dot names. */
  public static boolean isIn(String tensor, String prefix) {
    return tensor.equals(prefix) || tensor.startsWith(prefix + ".");
  }

  /** The tensors whose group is not frozen. */
  public List<Part> moving(Hyper hyper) {
    return parts.stream().filter(part -> hyper.factor(part.group()) != 0).toList();
  }

  /** The names of its groups, in the order of their first part; {@link #REST} is always one. */
  Set<String> groups() {
    Set<String> groups = new LinkedHashSet<>();
    groups.add(REST);
    parts.forEach(part -> groups.add(part.group()));
    return groups;
  }

  /** How many weights there are. */
  public int size() {
    return parts.isEmpty() ? 0 : parts.get(parts.size() - 1).end();
  }
}
