package io.millrace.pipeline.spec;

import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Variant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The choices of an interface: the records that a sealed interface permits, or those listed for an
 * open one.
 *
 * @param records by name
 * @param names all names of each, by its own name
 * @param discriminator the key that names the choice; empty for the one-key form
 */
record Choices(
    Map<String, Class<? extends Record>> records, Map<String, Names> names, String discriminator) {
  static Choices of(Class<?> type) {
    Variant variant = type.getAnnotation(Variant.class);
    Map<String, Class<? extends Record>> records = new TreeMap<>();
    if (isClosed(type)) {
      collect(type, records);
    } else {
      for (Class<? extends Record> listed : ListedChoices.of(type)) {
        add(listed, records);
      }
    }
    Map<String, Names> names = new TreeMap<>();
    records.forEach((name, record) -> names.put(name, Names.ofChoice(record)));
    return new Choices(records, names, variant == null ? "" : variant.discriminator());
  }

  /** Whether no other jar can add a choice. */
  private static boolean isClosed(Class<?> type) {
    if (!type.isSealed()) {
      return type.isRecord();
    }
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (!isClosed(permitted)) {
        return false;
      }
    }
    return true;
  }

  private static void collect(Class<?> closed, Map<String, Class<? extends Record>> records) {
    for (Class<?> permitted : closed.getPermittedSubclasses()) {
      if (permitted.isRecord()) {
        add(permitted.asSubclass(Record.class), records);
      } else {
        collect(permitted, records);
      }
    }
  }

  private static void add(
      Class<? extends Record> record, Map<String, Class<? extends Record>> records) {
    Class<?> before = records.put(Kebab.choice(record), record);
    if (before != null && before != record) {
      throw ListedChoices.refusal(
          record.getName(),
          "it has the name '" + Kebab.choice(record) + "' of " + before.getName());
    }
  }

  /** The own name of the choice with any of its names. */
  Optional<String> named(String written) {
    return names.values().stream().filter(each -> each.reads(written)).map(Names::name).findFirst();
  }

  /** The choice whose name may be left out before an object with these keys. */
  Optional<String> unnamed(Set<String> keys) {
    return unnamed(
        record ->
            !keys.isEmpty()
                && keys.stream().allMatch(key -> Names.component(record, key).isPresent()));
  }

  /** The choice whose name may be left out before a path. */
  Optional<String> unnamedPath() {
    return unnamed(
        record ->
            record.getRecordComponents().length == 1
                && record.getRecordComponents()[0].getType() == Location.class);
  }

  private static boolean isUnnamed(Variant variant) {
    return variant != null && variant.unnamed();
  }

  private Optional<String> unnamed(Predicate<Class<? extends Record>> fits) {
    return records.entrySet().stream()
        .filter(each -> isUnnamed(each.getValue().getAnnotation(Variant.class)))
        .filter(each -> fits.test(each.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * The path of a choice's keys. With a discriminator they are the interface's own keys, else they
   * are one level below, under the choice's name, whichever form was written.
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
