package io.millrace.pipeline.spec;

import io.millrace.pipeline.job.Variant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The choices of a sealed interface.
 *
 * @param records by name
 * @param discriminator the key that says which; empty for the one-key form
 */
record Choices(Map<String, Class<? extends Record>> records, String discriminator) {
  static Choices of(Class<?> sealed) {
    Variant variant = sealed.getAnnotation(Variant.class);
    Map<String, Class<? extends Record>> records = new TreeMap<>();
    collect(sealed, records);
    return new Choices(records, variant == null ? "" : variant.discriminator());
  }

  private static void collect(Class<?> sealed, Map<String, Class<? extends Record>> records) {
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (permitted.isRecord()) {
        records.put(Kebab.choice(permitted), permitted.asSubclass(Record.class));
      } else if (permitted.isSealed()) {
        collect(permitted, records);
      } else {
        throw new IllegalStateException(permitted + " is neither a record nor sealed");
      }
    }
  }

  /**
   * Where the keys of a choice live. With a discriminator they are the interface's own keys, else
   * they stand one level below, under the choice's name; the form used makes no difference.
   */
  String pathOf(String choice, String path) {
    return discriminator.isEmpty() ? Binder.join(path, choice) : path;
  }

  String unknown(String name) {
    return "there is no '"
        + name
        + "'"
        + Nearest.hintAndList(name, records.keySet(), "the choices are");
  }
}
