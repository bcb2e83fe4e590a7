package io.millrace.pipeline.spec;

import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/**
 * The description of one key of a record, for flags, help and the reference.
 *
 * @param component of the record
 * @param type of its value; for a list, of each element
 * @param isList whether it takes a list
 * @param isOptional whether it may be left out without a default
 */
public record DescribedKey(
    RecordComponent component, Class<?> type, boolean isList, boolean isOptional) {
  /** The keys of a record, in its order. */
  public static List<DescribedKey> of(Class<?> record) {
    return Records.keysOf(record).stream().map(DescribedKey::of).toList();
  }

  private static DescribedKey of(RecordComponent component) {
    Type type = component.getGenericType();
    boolean list = false;
    boolean optional = false;
    while (type instanceof ParameterizedType generic) {
      list |= generic.getRawType() == List.class;
      optional |= generic.getRawType() == Optional.class;
      type = generic.getActualTypeArguments()[0];
    }
    if (type instanceof Class<?> plain) {
      return new DescribedKey(component, plain, list, optional);
    }
    throw new IllegalStateException(component + ": no configuration binds to " + type);
  }

  /** The name in a pipeline file. */
  public String name() {
    return Kebab.key(component);
  }

  /** Other spellings that are read too. */
  public List<String> also() {
    return Names.of(component).also();
  }

  /** Earlier names. */
  public List<String> formerly() {
    return Names.of(component).formerly();
  }

  Key key() {
    return Records.keyOf(component);
  }

  /** Its description. */
  public String meaning() {
    return key().value();
  }

  /** The default as HOCON text; empty if there is none. */
  public Optional<String> defaultText() {
    return Optional.of(key().or()).filter(text -> !text.equals(Key.REQUIRED));
  }

  /** Whether it must be given. */
  public boolean isRequired() {
    return !isOptional && defaultText().isEmpty();
  }

  /** Whether it is part of the fingerprint. */
  public boolean canChangeResult() {
    return key().affectsResult();
  }

  /** The kind of artifact that a reference must name; empty if any kind is allowed. */
  public String kind() {
    return key().of();
  }

  /** The allowed numbers: {@code 1 or more}; empty if all are. */
  public String range() {
    return Range.of(key()).text();
  }

  /** Whether it takes an object with keys of its own. */
  public boolean holdsKeys() {
    return type.isRecord() && !isSingle();
  }

  /** Whether it takes one of several choices with keys of their own. */
  public boolean isChoice() {
    return type.isInterface();
  }

  private boolean isSingle() {
    return Scalar.reads(type) || type == Interval.class;
  }

  /** The allowed words of a key with an enum; empty for others. */
  public List<String> words() {
    return type.isEnum() ? Scalar.constants(type) : List.of();
  }

  /** The kind of a single value: {@code whole number}; empty for an object or a choice. */
  public String value() {
    if (type == Interval.class) {
      return "number or [least, most]";
    }
    return isSingle() && !type.isEnum() ? Scalar.describe(type) : "";
  }
}
