package io.millrace.jobs.reference;

import io.millrace.pipeline.job.Variant;
import io.millrace.pipeline.spec.DescribedKey;
import io.millrace.pipeline.spec.Variants;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The interfaces of choices that keys take, each with the keys that take it. */
final class ChoiceIndex {
  /** Marks a list within the path of a key. */
  static final String ELEMENT = "[]";

  /**
   * Where a choice is made.
   *
   * @param owner the job, or {@code every stage}
   * @param path of the key, {@code images.store}
   */
  record Place(String owner, String path) {}

  private final Map<String, Class<?>> types = new TreeMap<>();
  private final Map<Class<?>, Set<Place>> places = new HashMap<>();

  /** All of the interfaces, by their titles. */
  Collection<Class<?>> types() {
    return types.values();
  }

  Set<Place> places(Class<?> type) {
    return places.get(type);
  }

  /** Finds the choices among the keys of a record, and among the keys of those choices. */
  void add(String owner, Class<?> record) {
    add(owner, record, "", List.of());
  }

  private void add(String owner, Class<?> record, String path, List<Class<?>> around) {
    for (DescribedKey key : DescribedKey.of(record)) {
      String at = join(path, key.name());
      if (key.holdsKeys()) {
        add(owner, key.type(), key.isList() ? at + ELEMENT : at, around);
      } else if (key.isChoice() && !around.contains(key.type())) {
        types.put(title(key.type()), key.type());
        places
            .computeIfAbsent(key.type(), it -> new LinkedHashSet<>())
            .add(new Place(owner, key.isList() ? at + ELEMENT : at));
        List<Class<?>> within = new ArrayList<>(around);
        within.add(key.type());
        Variants.records(key.type())
            .forEach((name, choice) -> add(owner, choice, pathOf(key, name, at), within));
      }
    }
  }

  private static String pathOf(DescribedKey key, String name, String at) {
    String element = key.isList() ? at + ELEMENT : at;
    return discriminator(key.type()).isEmpty() ? join(element, name) : element;
  }

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** The key that says which choice it is; empty where the choice's name is itself the key. */
  static String discriminator(Class<?> type) {
    Variant variant = type.getAnnotation(Variant.class);
    return variant == null ? "" : variant.discriminator();
  }

  /** A heading of the interface: {@code Test time set}. */
  static String title(Class<?> type) {
    String words = type.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ");
    return words.substring(0, 1) + words.substring(1).toLowerCase(Locale.ROOT);
  }
}
