package io.millrace.jobs.tensor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The examples of one step: their ids, and tensors by name. Its buffers may be used again for a
 * later minibatch, so they are valid only until the next one is asked for.
 *
 * @param ids of the N examples
 * @param tensors by name, each with N examples
 */
public record Minibatch(List<String> ids, Map<String, Tensor> tensors) {
  /** {@code [N, C, H, W]} float, normalised. */
  public static final String IMAGES = "images";

  /** {@code [N, classes]} float, each row sums to 1; absent where examples have no labels. */
  public static final String TARGETS = "targets";

  /** {@code [N]} int, the class of each example, -1 = none. */
  public static final String LABELS = "labels";

  /**
   * {@code [N]} int, random bits of each example: a pure function of the training's seed, the epoch
   * and the example's id, whatever else is in the minibatch.
   */
  public static final String DRAWS = "draws";

  /** {@code [T, N]} int. */
  public static final String TOKENS = "tokens";

  /** {@code [N, C, H, W]} float, of another set of examples beside the images. */
  public static final String OTHER = "other";

  /** Copies the list and the map, not the values. */
  public Minibatch {
    ids = List.copyOf(ids);
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /** N. */
  public int size() {
    return ids.size();
  }

  /** Whether it has a tensor of that name. */
  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  /**
   * The floats of that name.
   *
   * @throws IllegalArgumentException if it has none
   */
  public FloatTensor floats(String name) {
    if (tensors.get(name) instanceof FloatTensor found) {
      return found;
    }
    throw missing("floats", name);
  }

  /**
   * The whole numbers of that name.
   *
   * @throws IllegalArgumentException if it has none
   */
  public IntTensor ints(String name) {
    if (tensors.get(name) instanceof IntTensor found) {
      return found;
    }
    throw missing("whole numbers", name);
  }

  private IllegalArgumentException missing(String type, String name) {
    return new IllegalArgumentException(
        "Cannot find %s named %s in a minibatch: it has %s"
            .formatted(type, name, String.join(", ", tensors.keySet())));
  }
}
