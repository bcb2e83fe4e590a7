package io.millrace.pipeline.spec;

import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One key of a record, as it describes itself: what flags, help and the reference are made of.
 *
 * @param component that the key is
 * @param type of its value; of a list, of each element
 * @param isList whether it takes a list
 * @param isOptional whether it may be left out without a default
 */
public record DescribedKey(
    RecordComponent component, Class<?> type, boolean isList, boolean isOptional) {
  /** The keys of a record, in its order. */
  public static List<DescribedKey> of(Class<?> record) {
    return Stream.of(record.getRecordComponents()).map(DescribedKey::of).toList();
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

  /** As it is written in a pipeline file. */
  public String name() {
    return Kebab.key(component);
  }

  /** Other spellings that are read as well. */
  public List<String> also() {
    return Names.of(component).also();
  }

  /** Names that it had once. */
  public List<String> formerly() {
    return Names.of(component).formerly();
  }

  Key key() {
    return Records.keyOf(component);
  }

  /** What it means. */
  public String meaning() {
    return key().value();
  }

  /** The default as HOCON text; empty if there is none. */
  public Optional<String> defaultText() {
    return Optional.of(key().or()).filter(text -> !text.equals(Key.REQUIRED));
  }

  /** Whether its record can't do without it. */
  public boolean isRequired() {
    return !isOptional && defaultText().isEmpty();
  }

  /** Whether it counts in the fingerprint. */
  public boolean canChangeResult() {
    return key().affectsResult();
  }

  /** What the artifact must be that a reference names; empty if any serves. */
  public String kind() {
    return key().of();
  }

  /** The numbers that it takes: {@code 1 or more}; empty if all. */
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

  /** The values of a key that takes one of a few words. */
  public List<String> words() {
    return type.isEnum() ? Scalar.constants(type) : List.of();
  }

  /** What a single value is: {@code whole number}; empty of an object or a choice. */
  public String value() {
    if (type == Interval.class) {
      return "number or [least, most]";
    }
    return isSingle() && !type.isEnum() ? Scalar.describe(type) : "";
  }
}
