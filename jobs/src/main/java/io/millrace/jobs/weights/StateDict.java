package io.millrace.jobs.weights;

import io.millrace.jobs.container.Pickle;
import io.millrace.jobs.container.PickledText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors by name in a checkpoint of PyTorch, which is a state dict or holds one.
 *
 * @param tensors in the file's order
 * @param beside keys of all else
 */
record StateDict(Map<String, TorchNames.Tensor> tensors, List<String> beside) {
  /** Where checkpoints keep their state dict. */
  private static final List<String> KEYS =
      List.of("state_dict", "model", "model_state_dict", "net", "weights");

  private static final int KEYS_SHOWN = 8;

  /**
   * @param root what the file's pickle holds
   * @throws IOException if there is no tensor in it by name
   */
  static StateDict of(Object root) throws IOException {
    if (!(root instanceof Map<?, ?> map)) {
      throw new IOException("it holds " + kind(root) + " and not a dict of tensors");
    }
    if (holdsTensors(map)) {
      return of(map, List.of());
    }
    for (String key : KEYS) {
      if (map.get(key) instanceof Map<?, ?> inner && holdsTensors(inner)) {
        return of(inner, texts(map).stream().filter(other -> !other.equals(key)).toList());
      }
    }
    List<String> keys = texts(map);
    throw new IOException(
        "there is no tensor in its dict%s, nor in one under %s"
            .formatted(
                keys.isEmpty()
                    ? ""
                    : " (keys "
                        + String.join(", ", keys.subList(0, Math.min(KEYS_SHOWN, keys.size())))
                        + ")",
                String.join(", ", KEYS)));
  }

  /** Where a storage's values are. */
  interface Storages {
    /**
     * @throws IOException if the file has no such storage, or of another length
     */
    StoredValues of(TorchNames.Storage storage) throws IOException;
  }

  /**
   * The tensors with the places of their values; those of whole numbers are only counted.
   *
   * @throws IOException if one reaches beyond its storage
   */
  StoredWeights weights(Storages storages) throws IOException {
    List<StoredTensor> floats = new ArrayList<>();
    int counters = 0;
    for (Map.Entry<String, TorchNames.Tensor> each : tensors.entrySet()) {
      TorchNames.Tensor tensor = each.getValue();
      if (tensor.storage().type().isFloating()) {
        floats.add(
            StoredTensor.checked(
                each.getKey(),
                tensor.sides(),
                storages.of(tensor.storage()),
                tensor.offset(),
                tensor.strides()));
      } else {
        counters++;
      }
    }
    return new StoredWeights("PyTorch", List.copyOf(floats), counters, beside);
  }

  private static StateDict of(Map<?, ?> map, List<String> outside) {
    Map<String, TorchNames.Tensor> tensors = new LinkedHashMap<>();
    List<String> beside = new ArrayList<>(outside);
    map.forEach(
        (key, value) -> {
          if (value instanceof TorchNames.Tensor tensor) {
            tensors.put(String.valueOf(key), tensor);
          } else {
            beside.add(String.valueOf(key));
          }
        });
    return new StateDict(tensors, List.copyOf(beside));
  }

  private static boolean holdsTensors(Map<?, ?> map) {
    return map.values().stream().anyMatch(TorchNames.Tensor.class::isInstance);
  }

  private static List<String> texts(Map<?, ?> map) {
    return map.keySet().stream().map(String::valueOf).toList();
  }

  private static String kind(Object root) {
    if (root instanceof TorchNames.Tensor) {
      return "one tensor";
    }
    if (root instanceof List) {
      return "a list";
    }
    return root == Pickle.NONE ? "nothing" : root instanceof PickledText ? "a text" : "a number";
  }
}
