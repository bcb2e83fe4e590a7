package io.millrace.pipeline.spec;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names of a key, a choice or a constant.
 *
 * @param name the name to write
 * @param also other spellings that are read too
 * @param formerly earlier names, which are read with a notice
 */
record Names(String name, List<String> also, List<String> formerly) {
  static Names of(RecordComponent component) {
    Key key = Records.keyOf(component);
    return new Names(Kebab.key(component), List.of(key.also()), List.of(key.formerly()));
  }

  static Names ofChoice(Class<?> record) {
    return of(Kebab.choice(record), record.getAnnotation(Variant.class));
  }

  static Names of(Enum<?> constant) {
    try {
      Variant variant =
          constant.getDeclaringClass().getField(constant.name()).getAnnotation(Variant.class);
      return of(Kebab.constant(constant), variant);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(constant + " is not a field of its enum", e);
    }
  }

  private static Names of(String name, Variant variant) {
    return variant == null
        ? new Names(name, List.of(), List.of())
        : new Names(name, List.of(variant.also()), List.of(variant.formerly()));
  }

  /** All names, the one to write first. */
  List<String> all() {
    List<String> all = new ArrayList<>(List.of(name));
    all.addAll(also);
    all.addAll(formerly);
    return all;
  }

  boolean reads(String written) {
    return all().contains(written);
  }

  boolean isOld(String written) {
    return formerly.contains(written);
  }

  /** The component of a record with that name. */
  static Optional<RecordComponent> component(Class<?> record, String written) {
    return Records.keysOf(record).stream()
        .filter(component -> of(component).reads(written))
        .findFirst();
  }
}
