package io.millrace.pipeline.spec;

import io.millrace.pipeline.job.Key;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The values of keys that are left out. */
final class Defaults {
  private Defaults() {}

  /** The default of a key as an argument of its record's constructor; empty if there is none. */
  static Optional<Object> of(RecordComponent component) {
    if (Records.keyOf(component).or().equals(Key.REQUIRED)) {
      return Optional.empty();
    }
    Problems problems = new Problems();
    Binder binder = new Binder(new NamedOrigins(""), problems, UnaryOperator.identity());
    Optional<Object> value = binder.defaultOf(component);
    problems.throwIfAny();
    return value;
  }

  /**
   * The same record with one of its keys left out; empty if it can't be.
   *
   * @param component of the record
   */
  static Optional<Record> without(RecordComponent component, Record record) {
    Optional<Object> value = of(component);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      arguments[i] =
          components[i].getName().equals(component.getName())
              ? value.get()
              : Records.read(record, components[i]);
    }
    try {
      return Optional.of(Records.create(record.getClass(), arguments));
    } catch (IllegalArgumentException refused) {
      return Optional.empty();
    }
  }
}
