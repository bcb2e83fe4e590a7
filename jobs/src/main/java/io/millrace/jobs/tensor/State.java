package io.millrace.jobs.tensor;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The whole state of a learner: weights, running statistics, optimiser state, counts. Names are
 * unique; parts of a state share a prefix that ends in a dot ({@code optimiser.momentum}).
 *
 * @param tensors in canonical order
 */
public record State(List<NamedTensor> tensors) implements Serializable {
  /** Without tensors. */
  public static final State EMPTY = new State(List.of());

  /** Copies the list. */
  public State {
    tensors = List.copyOf(tensors);
  }

  /** The same tensors, each name with {@code prefix.} before it. */
  public State under(String prefix) {
    return new State(tensors.stream().map(it -> it.named(prefix + "." + it.name())).toList());
  }

  /** The tensors whose names begin with {@code prefix.}, without it. */
  public State only(String prefix) {
    String start = prefix + ".";
    return new State(
        tensors.stream()
            .filter(it -> it.name().startsWith(start))
            .map(it -> it.named(it.name().substring(start.length())))
            .toList());
  }

  /** The tensors whose names don't begin with {@code prefix.}. */
  public State without(String prefix) {
    return where(it -> !it.name().startsWith(prefix + "."));
  }

  /** The tensors that pass. */
  public State where(Predicate<NamedTensor> test) {
    return new State(tensors.stream().filter(test).toList());
  }

  /** These tensors, then those of another state. */
  public State and(State other) {
    return new State(Stream.concat(tensors.stream(), other.tensors.stream()).toList());
  }

  /** The same names, shapes and roles without values: what {@link #fitted} asks for. */
  public State withoutValues() {
    return new State(
        tensors.stream()
            .map(it -> new NamedTensor(it.name(), it.shape(), it.role(), new float[0]))
            .toList());
  }

  /** The tensor of that name. */
  public Optional<NamedTensor> tensor(String name) {
    return tensors.stream().filter(it -> it.name().equals(name)).findFirst();
  }

  /**
   * The tensors in the order of another state, which has the same ones.
   *
   * @param wanted gives names and shapes; its values are ignored
   * @param what the name of the state's owner, for the error
   * @throws IllegalArgumentException if a tensor is missing, surplus or of another shape; all of
   *     these are named
   */
  public State fitted(State wanted, String what) {
    Map<String, NamedTensor> own = new LinkedHashMap<>();
    tensors.forEach(it -> own.put(it.name(), it));
    List<NamedTensor> ordered = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    for (NamedTensor each : wanted.tensors) {
      NamedTensor found = own.remove(each.name());
      if (found == null) {
        differences.add(each.described() + " is missing");
      } else if (!Arrays.equals(found.shape(), each.shape())
          || found.values().length != each.size()) {
        differences.add(found.described() + " should be " + Arrays.toString(each.shape()));
      } else {
        ordered.add(found);
      }
    }
    own.values().forEach(it -> differences.add(it.described() + " is not wanted"));
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot restore " + what + ": " + String.join("; ", differences));
    }
    return new State(ordered);
  }
}
