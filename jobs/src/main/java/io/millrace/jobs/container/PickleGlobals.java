package io.millrace.jobs.container;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The few Python functions and types that pickled arrays need. None of them is run. */
enum PickleGlobals {
  RECONSTRUCT("numpy.core.multiarray _reconstruct", "numpy._core.multiarray _reconstruct"),
  FROM_BUFFER("numpy.core.numeric _frombuffer", "numpy._core.numeric _frombuffer"),
  ARRAY("numpy ndarray"),
  TYPE("numpy dtype"),
  ENCODE("_codecs encode"),
  ORDERED("collections OrderedDict");

  private static final Pattern ELEMENT = Pattern.compile("[<|=]?([uib])([1248])");

  private final String name;

  /** Since NumPy 2. */
  private final String renamed;

  PickleGlobals(String name) {
    this(name, name);
  }

  PickleGlobals(String name, String renamed) {
    this.name = name;
    this.renamed = renamed;
  }

  static PickleGlobals of(String module, String name) throws PickleException {
    String full = module + " " + name;
    for (PickleGlobals global : values()) {
      if (global.name.equals(full) || global.renamed.equals(full)) {
        return global;
      }
    }
    throw new PickleException(
        "it calls %s.%s, which no plain array needs; it was not run".formatted(module, name));
  }

  /** An array that is being built. */
  static final class Growing {
    private PickledArray array;
  }

  /** The type of an array's elements. */
  record Element(String name) {}

  /** The value that Python's call with these arguments would return. */
  Object called(List<Object> arguments) throws PickleException {
    return switch (this) {
      case RECONSTRUCT -> new Growing();
      case ORDERED -> {
        if (!arguments.isEmpty()) {
          throw unknown();
        }
        yield new LinkedHashMap<>();
      }
      case TYPE -> element(argument(arguments, 0));
      case ENCODE -> encoded(arguments);
      case FROM_BUFFER -> {
        if (!(argument(arguments, 3) instanceof PickledText order && order.text().equals("C"))) {
          throw unknown();
        }
        yield array(argument(arguments, 2), argument(arguments, 1), argument(arguments, 0));
      }
      case ARRAY -> throw unknown();
    };
  }

  private static Object encoded(List<Object> arguments) throws PickleException {
    if (argument(arguments, 0) instanceof PickledText text
        && argument(arguments, 1) instanceof PickledText name
        && name.text().toLowerCase(Locale.ROOT).matches("latin-?1")) {
      return text;
    }
    throw unknown();
  }

  private static Element element(Object name) throws PickleException {
    if (name instanceof PickledText text) {
      Matcher matcher = ELEMENT.matcher(text.text());
      if (matcher.matches()) {
        return new Element(matcher.group(1) + matcher.group(2));
      }
      throw new PickleException("its arrays are of the type " + text.text());
    }
    throw unknown();
  }

  /** Sets the contents of an array or a type. */
  static void build(Object built, Object state) throws PickleException {
    if (!(state instanceof List<?> parts)) {
      throw unknown();
    }
    if (built instanceof Element element) {
      // No machine of today writes big-endian numbers.
      if (parts.size() < 2
          || (parts.get(1) instanceof PickledText order && order.text().equals(">"))) {
        throw new PickleException("its arrays are of the type >" + element.name());
      }
      return;
    }
    if (!(built instanceof Growing growing) || parts.size() != 5 || growing.array != null) {
      throw unknown();
    }
    if (!Boolean.FALSE.equals(parts.get(3))) {
      throw new PickleException("its arrays are in the order of Fortran");
    }
    growing.array = array(parts.get(1), parts.get(2), parts.get(4));
  }

  private static PickledArray array(Object shape, Object type, Object data) throws PickleException {
    if (!(shape instanceof List<?> sides)
        || !(type instanceof Element element)
        || !(data instanceof PickledText bytes)) {
      throw unknown();
    }
    List<Long> lengths = new ArrayList<>();
    for (Object side : sides) {
      if (!(side instanceof Long length)) {
        throw unknown();
      }
      lengths.add(length);
    }
    return new PickledArray(element.name(), List.copyOf(lengths), bytes);
  }

  /** A value for the caller: arrays must be complete. */
  static Object finished(Object value) throws PickleException {
    if (value instanceof Growing growing) {
      if (growing.array == null) {
        throw unknown();
      }
      return growing.array;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> whole = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        whole.put(
            entry.getKey(),
            entry.getValue() instanceof Growing growing ? finished(growing) : entry.getValue());
      }
      return whole;
    }
    return value;
  }

  private static Object argument(List<Object> arguments, int at) throws PickleException {
    if (at >= arguments.size()) {
      throw unknown();
    }
    return arguments.get(at);
  }

  private static PickleException unknown() {
    return new PickleException("its arrays are not as NumPy pickles them");
  }
}
