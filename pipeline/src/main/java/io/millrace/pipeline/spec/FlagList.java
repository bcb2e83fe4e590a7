package io.millrace.pipeline.spec;

import io.millrace.pipeline.job.ByteSize;
import io.millrace.pipeline.job.Extent;
import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the flags of a job from its record. */
final class FlagList {
  static final String LIST = "list";
  static final String CHOICE = "choice";
  static final String PATHS = "paths";
  static final String OBJECT = "object";

  /**
   * A key that not every choice has.
   *
   * @param at the path of the choice
   * @param key the key's path within the choice
   * @param variants the names of the choices that have it
   */
  record Claim(String at, String key, Set<String> variants) {
    private Claim and(Claim other) {
      Set<String> all = new LinkedHashSet<>(variants);
      all.addAll(other.variants);
      return new Claim(at, key, all);
    }
  }

  /**
   * A choice among the keys.
   *
   * @param key its description
   */
  record Choosing(Choices choices, Key key) {}

  private final Map<String, Flag> byPath = new LinkedHashMap<>();
  private final Map<String, Choosing> choices = new LinkedHashMap<>();
  private final Map<String, Claim> claims = new HashMap<>();
  private final Set<String> numbers = new HashSet<>();
  private final List<String> groups = new ArrayList<>();
  private final FlagNames names = new FlagNames();

  private FlagList() {}

  static FlagList of(Class<? extends Record> parameters) {
    FlagList list = new FlagList();
    list.record(parameters, "", true, Optional.empty());
    return list;
  }

  /** All flags, in the order of the records. */
  List<Flag> flags() {
    return byPath.values().stream().map(names::named).toList();
  }

  /** The paths of objects that must be given, though maybe only with defaults inside. */
  List<String> groups() {
    return groups;
  }

  Optional<Flag> at(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  Optional<Choosing> choosing(String path) {
    return Optional.ofNullable(choices.get(path));
  }

  /** The claim of a key that not every choice has. */
  Optional<Claim> claim(String path) {
    return Optional.ofNullable(claims.get(path));
  }

  /** Whether a list's elements are numbers, so that commas can separate them. */
  boolean isOfNumbers(String path) {
    return numbers.contains(path);
  }

  /**
   * @param needed whether the record itself must be given, so that its required keys are required
   * @param claim the choice that the record is, if it is one
   */
  private void record(Class<?> type, String path, boolean needed, Optional<Claim> claim) {
    for (DescribedKey described : DescribedKey.of(type)) {
      String at = Binder.join(path, described.name());
      names.put(at, path, Names.of(described.component()));
      claim.ifPresent(
          it -> {
            String inside = Binder.join(it.key, described.name());
            claims.merge(at, new Claim(it.at, inside, it.variants), Claim::and);
          });
      key(described, at, needed && described.isRequired(), Optional.ofNullable(claims.get(at)));
    }
  }

  private void key(DescribedKey described, String path, boolean required, Optional<Claim> claim) {
    Key key = described.key();
    Class<?> type = described.type();
    if (described.isList()) {
      if (Number.class.isAssignableFrom(type)) {
        numbers.add(path);
      }
      add(path, type == Location.class ? PATHS : LIST, key, required, List.of());
    } else if (Scalar.reads(type)) {
      add(path, typeName(type), key, required, described.words());
    } else if (type == Interval.class) {
      add(path, "range", key, required, List.of());
    } else if (described.holdsKeys()) {
      add(path, OBJECT, key, false, List.of());
      if (required) {
        groups.add(path);
      }
      record(type, path, required, claim);
    } else {
      choice(Choices.of(type), key, path, required);
    }
  }

  private void choice(Choices all, Key key, String path, boolean required) {
    List<String> known = List.copyOf(all.records().keySet());
    choices.put(path, new Choosing(all, key));
    boolean keyed = !all.discriminator().isEmpty();
    add(path, CHOICE, key, required && !keyed, known);
    if (keyed) {
      if (required) {
        groups.add(path);
      }
      String which = Binder.join(path, all.discriminator());
      names.put(which, path, new Names(all.discriminator(), List.of(), List.of()));
      names.declare(which, "");
      Optional<String> none = Optional.empty();
      byPath.put(
          which,
          new Flag(
              which, List.of(), List.of(), List.of(), CHOICE, key.value(), none, required, known));
    } else {
      addShared(all, path);
    }
    all.records()
        .forEach(
            (name, type) -> {
              String at = all.pathOf(name, path);
              if (!keyed) {
                names.put(at, path, all.names().get(name));
              }
              record(type, at, false, Optional.of(new Claim(path, "", Set.of(name))));
            });
  }

  /** A flag for each key that several choices have; it sets the key of the choice that was made. */
  private void addShared(Choices all, String path) {
    Map<String, Set<String>> having = new LinkedHashMap<>();
    Map<String, RecordComponent> first = new HashMap<>();
    all.records()
        .forEach(
            (name, type) -> {
              for (RecordComponent component : type.getRecordComponents()) {
                String key = Kebab.key(component);
                having.computeIfAbsent(key, it -> new LinkedHashSet<>()).add(name);
                first.putIfAbsent(key, component);
              }
            });
    having.forEach(
        (key, variants) -> {
          if (variants.size() > 1) {
            String at = Binder.join(path, key);
            names.putShared(at, path, variants, Names.of(first.get(key)));
            claims.put(at, new Claim(path, key, variants));
            for (String variant : variants) {
              shared(all.records().get(variant), key, at);
            }
          }
        });
  }

  private void shared(Class<?> variant, String key, String path) {
    RecordComponent component = Names.component(variant, key).orElseThrow();
    Class<?> type = component.getType();
    add(
        path,
        Scalar.reads(type) ? typeName(type) : LIST,
        Records.keyOf(component),
        false,
        List.of());
  }

  /** Adds a flag. If choices share a key, descriptions that differ are both kept. */
  private void add(String path, String type, Key key, boolean required, List<String> values) {
    Optional<String> defaultText =
        key.or().equals(Key.REQUIRED) ? Optional.empty() : Optional.of(key.or());
    names.declare(path, key.flag());
    Flag flag =
        new Flag(
            path,
            List.of(),
            List.of(),
            List.of(),
            type,
            key.value(),
            defaultText,
            required,
            values);
    byPath.merge(path, flag, FlagList::shared);
  }

  private static Flag shared(Flag one, Flag other) {
    boolean sameDefault = one.defaultText().equals(other.defaultText());
    return new Flag(
        one.path(),
        one.names(),
        one.others(),
        one.old(),
        other.type().equals(PATHS) || other.type().equals(LIST) ? other.type() : one.type(),
        one.doc().equals(other.doc()) ? one.doc() : one.doc() + ", or " + other.doc(),
        sameDefault ? one.defaultText() : Optional.empty(),
        one.required() && other.required(),
        one.choices());
  }

  private static String typeName(Class<?> type) {
    if (type.isEnum()) {
      return "name";
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "int";
    }
    if (type == double.class || type == Double.class) {
      return "number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    }
    if (type == Location.class) {
      return "path";
    }
    if (type == ByteSize.class) {
      return "size";
    }
    if (type == Share.class || type == Extent.class) {
      return "share";
    }
    return type == Duration.class ? "duration" : "text";
  }
}
