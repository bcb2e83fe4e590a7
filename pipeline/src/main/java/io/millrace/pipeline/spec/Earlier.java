package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import io.millrace.pipeline.job.Extent;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Converts parameters stored by an earlier version to today's form: keys that equal their default
 * are left out and old names replaced, so that only what the user changed is different.
 */
public final class Earlier {
  private Earlier() {}

  /**
   * The result of {@link Canonical#of} for the same parameters. A key that can no longer be read
   * stays as it is.
   *
   * @param type of the parameters
   * @param stored as they were stored
   */
  public static Map<String, Object> parameters(
      Class<? extends Record> type, Map<String, Object> stored) {
    return record(type, stored);
  }

  private static Map<String, Object> record(Class<? extends Record> type, Map<?, ?> stored) {
    Map<String, Object> now = new TreeMap<>();
    stored.forEach(
        (key, value) -> {
          String written = String.valueOf(key);
          Optional<RecordComponent> component = Names.component(type, written);
          if (component.isEmpty()) {
            now.put(written, value);
          } else {
            Object renewed = value(component.get().getGenericType(), value);
            if (!renewed.equals(byDefault(component.get()))) {
              now.put(Kebab.key(component.get()), renewed);
            }
          }
        });
    return now;
  }

  /**
   * The default as a key's value, made only with the value's own constructors, not those of the
   * record around it.
   */
  private static Object byDefault(RecordComponent component) {
    return Defaults.of(component)
        .flatMap(it -> Canonical.value(component.getGenericType(), it))
        .orElse("");
  }

  private static Object value(Type type, Object stored) {
    if (type instanceof ParameterizedType generic) {
      Type argument = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        return value(argument, stored);
      }
      if (stored instanceof List<?> list) {
        List<Object> elements = new ArrayList<>();
        list.forEach(element -> elements.add(value(argument, element)));
        return elements;
      }
      return stored;
    }
    if (!(type instanceof Class<?> plain)) {
      return stored;
    }
    if (plain.isEnum()) {
      return constant(plain, stored);
    }
    if (stored instanceof Map<?, ?> map && plain.isRecord()) {
      return bound(plain.asSubclass(Record.class), map);
    }
    if (stored instanceof Map<?, ?> map && plain.isInterface() && map.size() == 1) {
      return choice(Choices.of(plain), map.entrySet().iterator().next());
    }
    return stored;
  }

  private static Object constant(Class<?> type, Object stored) {
    try {
      Object constant = Scalar.read(type, String.valueOf(stored), Range.ANY);
      return Kebab.constant((Enum<?>) constant);
    } catch (IllegalArgumentException gone) {
      return stored;
    }
  }

  private static Object choice(Choices choices, Map.Entry<?, ?> stored) {
    String written = String.valueOf(stored.getKey());
    Optional<String> name = choices.named(written);
    return name.isPresent() && stored.getValue() instanceof Map<?, ?> keys
        ? Map.of(name.get(), bound(choices.records().get(name.get()), keys))
        : Map.of(written, stored.getValue());
  }

  /** A share is stored as a number, which would be read as a number of units. */
  private static Object written(Class<?> type, Object key, Object stored) {
    boolean share =
        stored instanceof Number
            && Names.component(type, String.valueOf(key))
                .filter(it -> it.getType() == Extent.class)
                .isPresent();
    return share
        ? new BigDecimal(stored.toString()).movePointRight(2).toPlainString() + "%"
        : stored;
  }

  /** Uses the record's constructor if everything can be read. Locations are not stored. */
  private static Map<String, Object> bound(Class<? extends Record> type, Map<?, ?> stored) {
    Map<String, Object> keys = new TreeMap<>();
    stored.forEach((key, value) -> keys.put(String.valueOf(key), written(type, key, value)));
    ConfigObject source = ConfigValueFactory.fromMap(keys);
    Problems problems = new Problems();
    Binder binder = new Binder(new NamedOrigins(""), problems, UnaryOperator.identity());
    Optional<? extends Record> read = binder.bind(type, source, List.of(), source);
    return read.isPresent() && problems.isEmpty() ? Canonical.of(read.get()) : record(type, stored);
  }
}
