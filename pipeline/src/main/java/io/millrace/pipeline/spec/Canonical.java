package io.millrace.pipeline.spec;

import io.millrace.pipeline.job.ByteSize;
import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Parameters as plain sorted values, the basis of a stage's fingerprint. Two records that mean the
 * same give equal maps, however they were spelt: key order, comments, a default written out or left
 * away, {@code 0.1} or {@code 1e-1}, the short or the long form of a choice.
 */
public final class Canonical {
  private Canonical() {}

  /**
   * The parameters that can change a result. Whole numbers are {@link Long}, others {@link Double},
   * everything else strings, booleans, lists and sorted maps of these; a choice is a map of its
   * name to its keys. Left out are components with {@code affectsResult = false}, empty optionals,
   * and every {@link Location}: what a location holds counts, not where it is, and {@link
   * StageSpec#locations()} lists them by key path.
   */
  public static Map<String, Object> of(Record parameters) {
    Map<String, Object> canonical = new TreeMap<>();
    for (RecordComponent component : parameters.getClass().getRecordComponents()) {
      if (Records.keyOf(component).affectsResult()) {
        value(Records.read(parameters, component))
            .ifPresent(value -> canonical.put(Kebab.key(component), value));
      }
    }
    return canonical;
  }

  private static Optional<Object> value(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.flatMap(Canonical::value);
    }
    if (value instanceof Location) {
      return Optional.empty();
    }
    if (value instanceof List<?> list) {
      List<Object> elements = new ArrayList<>();
      for (Object element : list) {
        value(element).ifPresent(elements::add);
      }
      return Optional.of(elements);
    }
    if (value instanceof ByteSize size) {
      return Optional.of(size.bytes());
    }
    if (value instanceof Share share) {
      return Optional.of(share.fraction());
    }
    if (value instanceof Interval interval) {
      return Optional.of(List.of(interval.from(), interval.to()));
    }
    if (value instanceof Record record) {
      return Optional.of(
          isChoice(record.getClass())
              ? Map.of(Kebab.choice(record.getClass()), of(record))
              : of(record));
    }
    return Optional.of(single(value));
  }

  private static boolean isChoice(Class<?> record) {
    for (Class<?> type : record.getInterfaces()) {
      if (type.isSealed()) {
        return true;
      }
    }
    return false;
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
