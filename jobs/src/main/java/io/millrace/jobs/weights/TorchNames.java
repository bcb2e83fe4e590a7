package io.millrace.jobs.weights;

import io.millrace.jobs.container.Pickle;
import io.millrace.jobs.container.PickleException;
import io.millrace.jobs.container.PickleNames;
import io.millrace.jobs.container.PickledText;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names in PyTorch's state dicts: containers, tensors and the storages that they are views of.
 * All other names are refused, since Python would run what they stand for.
 */
final class TorchNames implements PickleNames {
  private static final String TORCH = "torch";
  private static final String STORAGE = "storage";
  private static final int STORAGE_PARTS = 5;

  /** PyTorch's names of types of elements, which a checkpoint may hold as a setting. */
  private static final Set<String> DTYPES =
      Set.of(
          "float32",
          "float64",
          "float16",
          "bfloat16",
          "int64",
          "int32",
          "int16",
          "int8",
          "uint8",
          "bool");

  /** Functions of Python whose results are known without running them. */
  private enum Function {
    ORDERED_DICT("collections.OrderedDict"),
    TENSOR("torch._utils._rebuild_tensor"),
    TENSOR_2("torch._utils._rebuild_tensor_v2"),
    PARAMETER("torch._utils._rebuild_parameter"),
    SIZE("torch.Size"),
    DEVICE("torch.device"),
    // A number of NumPy, such as the best accuracy so far. It is not looked at.
    NUMBER("numpy.core.multiarray.scalar"),
    NUMBER_2("numpy._core.multiarray.scalar"),
    NUMBER_TYPE("numpy.dtype"),
    NUMBER_BYTES("_codecs.encode");

    private final String name;

    Function(String name) {
      this.name = name;
    }
  }

  /** A value that nobody looks at. */
  private record Unread() {}

  /**
   * A storage.
   *
   * @param key its name in the file
   * @param count of its elements
   */
  record Storage(ElementType type, String key, long count) {}

  /** A tensor. */
  record Tensor(Storage storage, long offset, long[] sides, long[] strides) {}

  private final Map<String, Storage> storages = new HashMap<>();

  /** All storages that were named so far, by key. */
  Map<String, Storage> storages() {
    return storages;
  }

  @Override
  public Object named(String module, String name) throws PickleException {
    String full = module + "." + name;
    for (Function function : Function.values()) {
      if (function.name.equals(full)) {
        return function;
      }
    }
    if (module.equals(TORCH)) {
      Optional<ElementType> type = ElementType.ofTorch(name);
      if (type.isPresent()) {
        return type.get();
      }
      if (DTYPES.contains(name)) {
        return new Unread();
      }
      if (name.endsWith("Storage")) {
        throw new PickleException(
            "its tensors are of the type " + full + "; convert them with tensor.float()");
      }
    }
    throw new PickleException(
        "it holds the object %s, which is code or needs code, and nothing of it was run; save the weights alone in Python, torch.save(model.state_dict(), \"weights.pth\")"
            .formatted(full));
  }

  @Override
  public Object called(Object callee, List<Object> arguments) throws PickleException {
    if (!(callee instanceof Function function)) {
      throw unknown();
    }
    return switch (function) {
      case ORDERED_DICT -> ordered(arguments);
      case TENSOR, TENSOR_2 -> tensor(arguments);
      case PARAMETER -> argument(arguments, 0, Tensor.class);
      case SIZE -> arguments.isEmpty() ? List.of() : argument(arguments, 0, List.class);
      case DEVICE, NUMBER, NUMBER_2, NUMBER_TYPE, NUMBER_BYTES -> new Unread();
    };
  }

  @Override
  public void build(Object built, Object state) throws PickleException {
    // A state dict's attributes are versions of its modules.
    if (!(built instanceof Map || built instanceof Unread)) {
      throw unknown();
    }
  }

  @Override
  public Object keptBeside(Object id) throws PickleException {
    if (!(id instanceof List<?> parts) || parts.size() < STORAGE_PARTS) {
      throw unknown();
    }
    if (!STORAGE.equals(text(parts.get(0)))
        || !(parts.get(1) instanceof ElementType type)
        || !(parts.get(4) instanceof Long count)
        || count < 0
        || count > Long.MAX_VALUE / Double.BYTES
        // Files before version 1.6 may have storages that are parts of others.
        || (parts.size() > STORAGE_PARTS && parts.get(STORAGE_PARTS) != Pickle.NONE)) {
      throw unknown();
    }
    Storage storage = new Storage(type, text(parts.get(2)), count);
    Storage before = storages.putIfAbsent(storage.key(), storage);
    if (before != null && !before.equals(storage)) {
      throw new PickleException("its storage " + storage.key() + " is described in two ways");
    }
    return storage;
  }

  private static Tensor tensor(List<Object> arguments) throws PickleException {
    return new Tensor(
        argument(arguments, 0, Storage.class),
        argument(arguments, 1, Long.class),
        numbers(argument(arguments, 2, List.class)),
        numbers(argument(arguments, 3, List.class)));
  }

  /** An empty one, or one of pairs, as Python 2 writes it. */
  private static Map<Object, Object> ordered(List<Object> arguments) throws PickleException {
    Map<Object, Object> map = new LinkedHashMap<>();
    if (arguments.isEmpty()) {
      return map;
    }
    for (Object pair : argument(arguments, 0, List.class)) {
      if (!(pair instanceof List<?> two) || two.size() != 2) {
        throw unknown();
      }
      map.put(text(two.get(0)), two.get(1));
    }
    return map;
  }

  private static long[] numbers(List<?> values) throws PickleException {
    long[] numbers = new long[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(values.get(i) instanceof Long number)) {
        throw unknown();
      }
      numbers[i] = number;
    }
    return numbers;
  }

  private static String text(Object value) throws PickleException {
    if (value instanceof PickledText text) {
      return text.text();
    }
    throw unknown();
  }

  private static <T> T argument(List<Object> arguments, int at, Class<T> type)
      throws PickleException {
    if (at < arguments.size() && type.isInstance(arguments.get(at))) {
      return type.cast(arguments.get(at));
    }
    throw unknown();
  }

  private static PickleException unknown() {
    return new PickleException("its tensors are not as PyTorch's state dicts hold them");
  }
}
