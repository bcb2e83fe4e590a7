package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Binds configuration objects to records whose components carry {@link Key}. It does not stop at
 * the first problem: a wrong value is recorded and the others are still checked. A binder is for
 * one object.
 */
final class Binder {
  private final Origins origins;
  private final Problems problems;
  private final UnaryOperator<Location> locator;
  private final Map<String, Location> locations = new TreeMap<>();
  private final Map<String, Place> places = new HashMap<>();
  private final Map<String, String> kinds = new HashMap<>();
  private final Spellings spellings;

  /**
   * @param locator makes a location absolute or refuses it with an IllegalArgumentException
   */
  Binder(Origins origins, Problems problems, UnaryOperator<Location> locator) {
    this.origins = origins;
    this.problems = problems;
    this.locator = locator;
    this.spellings = new Spellings(origins);
  }

  static String join(String path, String key) {
    return path.isEmpty() || key.isEmpty() ? path + key : path + "." + key;
  }

  /** All locations by key path, including those in records with problems. */
  Map<String, Location> locations() {
    return locations;
  }

  /** The kind of artifact that a key must refer to, by key path; missing if any kind is allowed. */
  Map<String, String> kinds() {
    return kinds;
  }

  /** A sentence for each old name that was read. */
  List<String> notices() {
    return spellings.notices();
  }

  /** The place of each key, by key path. */
  Map<String, Place> places() {
    return places;
  }

  /**
   * Binds a record.
   *
   * @param others keys that the object may have besides the record's own
   * @param whole the value whose place is given for a missing key; mostly the object itself
   * @return empty if there were problems
   */
  <P extends Record> Optional<P> bind(
      Class<P> type, ConfigObject source, Collection<String> others, ConfigValue whole) {
    return record(type, source, others, "", whole);
  }

  /**
   * @param nearest the value whose place is given for the whole object
   */
  private <P extends Record> Optional<P> record(
      Class<P> type,
      ConfigObject source,
      Collection<String> others,
      String path,
      ConfigValue nearest) {
    List<String> known = new ArrayList<>(Kebab.keys(type));
    known.addAll(others);
    for (String key : new TreeSet<>(source.keySet())) {
      if (!known.contains(key) && Names.component(type, key).isEmpty()) {
        problem(
            join(path, key),
            source.get(key),
            "",
            "there is no such key" + Nearest.hintAndList(key, known, "the keys are"));
      }
    }
    return made(type, source, others, path, nearest);
  }

  /** A record of the keys that are its own; the object may have others. */
  private <P extends Record> Optional<P> made(
      Class<P> type,
      ConfigObject source,
      Collection<String> others,
      String path,
      ConfigValue nearest) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] arguments = new Object[components.length];
    boolean whole = true;
    for (int i = 0; i < components.length; i++) {
      Optional<Object> argument =
          Records.holdsKeys(components[i])
              ? made(
                      components[i].getType().asSubclass(Record.class),
                      source,
                      others,
                      path,
                      nearest)
                  .map(it -> (Object) it)
              : component(components[i], source, others, path, nearest);
      whole &= argument.isPresent();
      arguments[i] = argument.orElse(null);
    }
    return whole ? create(type, arguments, path, nearest) : Optional.empty();
  }

  private Optional<Object> component(
      RecordComponent component,
      ConfigObject source,
      Collection<String> others,
      String path,
      ConfigValue nearest) {
    Key key = Records.keyOf(component);
    String name = Kebab.key(component);
    String at = join(path, name);
    Optional<String> written = written(component, source, path);
    ConfigValue given = written.map(source::get).orElse(null);
    if (!key.of().isEmpty()) {
      kinds.put(at, key.of());
    }
    if (given != null && Syntax.isUnresolved(given)) {
      return Optional.empty();
    }
    if (given != null && given.valueType() != ConfigValueType.NULL) {
      spellings.note(Names.of(component), written.get(), at, given);
      return value(component.getGenericType(), given, Range.of(key), at);
    }
    if (component.getType() == Optional.class && key.or().equals(Key.REQUIRED)) {
      return Optional.of(Optional.empty());
    }
    if (key.or().equals(Key.REQUIRED)) {
      // An unknown key of the record itself is reported at its own place.
      String misspelt =
          Nearest.of(name, others)
              .filter(source::containsKey)
              .map("; is it misspelt as '%s'?"::formatted)
              .orElse("");
      problem(at, nearest, "", "is missing (" + key.value() + ")" + misspelt);
      return Optional.empty();
    }
    return value(component.getGenericType(), Records.defaultOf(key, at), Range.of(key), at);
  }

  /** The default of a key that has one. */
  Optional<Object> defaultOf(RecordComponent component) {
    String name = Kebab.key(component);
    Key key = Records.keyOf(component);
    return value(component.getGenericType(), Records.defaultOf(key, name), Range.of(key), name);
  }

  /** The spelling of a key that an object has; if it has several, the key's own name. */
  private Optional<String> written(RecordComponent component, ConfigObject source, String path) {
    List<String> given = Names.of(component).all().stream().filter(source::containsKey).toList();
    for (String again : given.subList(Math.min(1, given.size()), given.size())) {
      problem(
          join(path, again),
          source.get(again),
          "",
          "is the same key as " + given.get(0) + ", which is also given: give only one of them");
    }
    return given.stream().findFirst();
  }

  private <P extends Record> Optional<P> create(
      Class<P> type, Object[] arguments, String path, ConfigValue nearest) {
    try {
      return Optional.of(Records.create(type, arguments));
    } catch (IllegalArgumentException refused) {
      problem(path, nearest, "", refused.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Object> value(Type type, ConfigValue given, Range range, String path) {
    if (Syntax.isUnresolved(given)) {
      return Optional.empty();
    }
    places.put(path, origins.place(path, given));
    if (type instanceof ParameterizedType generic) {
      Type argument = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        return value(argument, given, range, path).map(Optional::of);
      }
      if (generic.getRawType() == List.class) {
        return list(argument, given, range, path);
      }
    }
    if (type instanceof Class<?> plain) {
      if (Scalar.reads(plain)) {
        return scalar(plain, given, range, path);
      }
      if (plain == Interval.class) {
        return interval(given, range, path);
      }
      if (plain.isRecord()) {
        return object(plain.asSubclass(Record.class), given, path);
      }
      if (plain.isInterface()) {
        return choice(Choices.of(plain), given, path);
      }
    }
    throw new IllegalStateException(path + ": no configuration binds to " + type);
  }

  private Optional<Object> list(Type element, ConfigValue given, Range range, String path) {
    if (!(given instanceof ConfigList list)) {
      boolean single = element == Location.class || element == Double.class;
      if (single && ScalarText.of(given).isPresent()) {
        // A single path or number needs no brackets.
        return value(element, given, range, path).map(List::of);
      }
      problem(
          path,
          given,
          ScalarText.of(given).orElse(""),
          ScalarText.shown(given) + " is not a list: write [a, b, c]");
      return Optional.empty();
    }
    List<Object> elements = new ArrayList<>();
    boolean whole = true;
    for (int i = 0; i < list.size(); i++) {
      Optional<Object> bound = value(element, list.get(i), range, path + "[" + i + "]");
      whole &= bound.isPresent();
      bound.ifPresent(elements::add);
    }
    return whole ? Optional.of(List.copyOf(elements)) : Optional.empty();
  }

  private Optional<Object> interval(ConfigValue given, Range range, String path) {
    if (!(given instanceof ConfigList list)) {
      return scalar(double.class, given, range, path)
          .map(number -> new Interval((double) number, (double) number, true));
    }
    if (list.size() != 2) {
      problem(path, given, "", "takes a number or [least, most], not " + list.size() + " numbers");
      return Optional.empty();
    }
    Optional<Object> from = scalar(double.class, list.get(0), range, path + "[0]");
    Optional<Object> to = scalar(double.class, list.get(1), range, path + "[1]");
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Interval.of((double) from.get(), (double) to.get()));
    } catch (IllegalArgumentException e) {
      problem(path, given, "", e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Object> scalar(Class<?> type, ConfigValue given, Range range, String path) {
    Optional<String> text = ScalarText.of(given);
    if (text.isEmpty()) {
      problem(
          path, given, "", ScalarText.shown(given) + " can't be used: it takes " + article(type));
      return Optional.empty();
    }
    try {
      Object value = Scalar.read(type, text.get(), range);
      if (value instanceof Enum<?> constant) {
        spellings.noteIfOld(Names.of(constant), text.get(), path, given);
      }
      if (value instanceof Location written) {
        Location located = locator.apply(written);
        locations.put(path, located);
        return Optional.of(located);
      }
      return Optional.of(value);
    } catch (IllegalArgumentException e) {
      problem(path, given, text.get(), e.getMessage() + range.unit());
      return Optional.empty();
    }
  }

  private static String article(Class<?> type) {
    String name = Scalar.describe(type);
    return type.isEnum() || name.startsWith("t") ? name : "a " + name;
  }

  private Optional<Object> object(Class<? extends Record> type, ConfigValue given, String path) {
    if (!(given instanceof ConfigObject object)) {
      String keys = String.join(", ", Kebab.keys(type));
      problem(
          path,
          given,
          ScalarText.of(given).orElse(""),
          ScalarText.shown(given) + " can't be used: it takes { } with the keys " + keys);
      return Optional.empty();
    }
    return record(type, object, List.of(), path, given).map(made -> made);
  }

  /** Binds a choice that is not part of a record. */
  Optional<Object> choice(Class<?> type, ConfigValue given) {
    return choice(Choices.of(type), given, "");
  }

  private Optional<Object> choice(Choices choices, ConfigValue given, String path) {
    Optional<Chosen> chosen =
        Chosen.of(
            choices,
            given,
            (key, value, word, why) ->
                problem(key.isEmpty() ? path : join(path, key), value, word, why));
    return chosen.flatMap(
        it -> {
          String at = choices.pathOf(it.name(), path);
          Names names = choices.names().get(it.name());
          if (at.equals(path)) {
            spellings.noteIfOld(names, it.written(), path, given);
          } else {
            spellings.note(names, it.written(), at, given);
          }
          places.put(at, origins.place(at, given));
          Class<? extends Record> type = choices.records().get(it.name());
          if (it.shortValue().isEmpty()) {
            return record(type, it.keys(), it.others(), at, given).map(made -> made);
          }
          return shortForm(type, it, at, given);
        });
  }

  /** {@code { random-crop = 32 }}: the value belongs to the first component. */
  private Optional<Object> shortForm(
      Class<? extends Record> type, Chosen chosen, String path, ConfigValue given) {
    List<String> keys = Kebab.keys(type);
    if (keys.isEmpty()) {
      problem(path, given, chosen.name(), "takes no value: write { " + chosen.name() + " {} }");
      return Optional.empty();
    }
    ConfigValue first = chosen.shortValue().orElseThrow();
    ConfigObject source = first.atKey(keys.get(0)).root();
    return record(type, source, List.of(), path, given).map(made -> made);
  }

  /**
   * @param word the wrong word on the line; empty if the key is wrong, or missing in the object
   */
  private void problem(String path, ConfigValue nearest, String word, String text) {
    String label = origins.label(spellings.of(path), nearest);
    problems.add(
        origins.place(path, nearest),
        word.isEmpty() ? Mark.key(label) : Mark.word(label, word),
        label.isEmpty() ? text : label + ": " + text);
  }
}
