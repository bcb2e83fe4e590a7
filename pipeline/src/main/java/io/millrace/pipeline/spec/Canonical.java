package io.millrace.pipeline.spec;

import io.millrace.pipeline.job.ByteSize;
import io.millrace.pipeline.job.Extent;
import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Parameters as plain sorted values, the basis of a stage's fingerprint. Records with the same
 * meaning give equal maps, however they were written: in any order of keys, with or without
 * comments and defaults, with {@code 0.1} or {@code 1e-1}, with the short or the long form of a
 * choice. A key that equals its default is left out at any depth, so that a new key with a default
 * changes no fingerprint.
 */
public final class Canonical {
  private final boolean full;

  private Canonical(boolean full) {
    this.full = full;
  }

  /**
   * The parameters that can change a result. Whole numbers are {@link Long}, others {@link Double},
   * everything else strings, booleans, lists and sorted maps of these; a choice is a map of its
   * name to its keys. It leaves out keys that equal their default, components with {@code
   * affectsResult = false}, empty optionals, and every {@link Location}: the content of a location
   * matters, not its path; {@link StageSpec#locations()} has them by key path.
   */
  public static Map<String, Object> of(Record parameters) {
    return new Canonical(false).map(parameters);
  }

  /** The same with all keys, for people. */
  public static Map<String, Object> inFull(Record parameters) {
    return new Canonical(true).map(parameters);
  }

  /**
   * One value as in {@link #of}; empty if it is left out.
   *
   * @param type as declared; for a choice, the interface
   */
  static Optional<Object> value(Type type, Object value) {
    return new Canonical(false).plain(type, value);
  }

  private Map<String, Object> map(Record parameters) {
    Map<String, Object> canonical = new TreeMap<>();
    for (RecordComponent component : parameters.getClass().getRecordComponents()) {
      if (Records.holdsKeys(component)) {
        canonical.putAll(map((Record) Records.read(parameters, component)));
        continue;
      }
      if (!Records.keyOf(component).affectsResult()) {
        continue;
      }
      Optional<Object> value = value(parameters, component);
      if (value.isPresent() && (full || !isDefault(value.get(), parameters, component))) {
        canonical.put(Kebab.key(component), value.get());
      }
    }
    return canonical;
  }

  private Optional<Object> value(Record record, RecordComponent component) {
    return plain(component.getGenericType(), Records.read(record, component));
  }

  /** Compares with a record made without the key, since the constructor may change a default. */
  private boolean isDefault(Object value, Record record, RecordComponent component) {
    return Defaults.without(component, record)
        .flatMap(other -> value(other, component))
        .filter(value::equals)
        .isPresent();
  }

  private Optional<Object> plain(Type type, Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.flatMap(it -> plain(argument(type), it));
    }
    if (value instanceof Location) {
      return Optional.empty();
    }
    if (value instanceof List<?> list) {
      List<Object> elements = new ArrayList<>();
      for (Object element : list) {
        plain(argument(type), element).ifPresent(elements::add);
      }
      return Optional.of(elements);
    }
    if (value instanceof ByteSize size) {
      return Optional.of(size.bytes());
    }
    if (value instanceof Share share) {
      return Optional.of(share.fraction());
    }
    if (value instanceof Extent span) {
      return Optional.of(span.isShare() ? (Object) span.amount() : span.amount() + " units");
    }
    if (value instanceof Interval interval) {
      return Optional.of(List.of(interval.from(), interval.to()));
    }
    if (value instanceof Record record) {
      return Optional.of(
          type instanceof Class<?> declared && declared.isInterface()
              ? Map.of(Kebab.choice(record.getClass()), map(record))
              : map(record));
    }
    return Optional.of(single(value));
  }

  private static Type argument(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }

  private static Object single(Object value) {
    if (value instanceof Integer number) {
      return number.longValue();
    }
    if (value instanceof Enum<?> constant) {
      return Kebab.constant(constant);
    }
    if (value instanceof Duration duration) {
      return duration.toString();
    }
    return value;
  }
}
