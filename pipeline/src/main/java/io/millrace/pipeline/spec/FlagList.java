package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.millrace.pipeline.job.ByteSize;
import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The flags that a job's record gives rise to. */
final class FlagList {
  static final String LIST = "list";
  static final String CHOICE = "choice";
  private static final String PATHS = "paths";
  private static final String OBJECT = "object";

  private final Map<String, Flag> byPath = new LinkedHashMap<>();
  private final Map<String, Choices> choices = new HashMap<>();
  private final List<String> groups = new ArrayList<>();

  private FlagList() {}

  static FlagList of(Class<? extends Record> parameters) {
    FlagList list = new FlagList();
    list.record(parameters, "", true);
    return list;
  }

  /** The paths of objects that must be there, though perhaps only with defaults inside. */
  List<String> groups() {
    return groups;
  }

  /**
   * A flag's text as the binder takes it. Only lists and objects are HOCON: a path that looks like
   * a list is still a path.
   */
  ConfigValue value(String path, String text) {
    String description = "--" + path;
    Flag flag = byPath.get(path);
    if (flag != null && flag.type().equals(PATHS)) {
      return text.startsWith("[")
          ? Overrides.value(text, description)
          : ConfigValueFactory.fromAnyRef(text, description);
    }
    boolean structured = flag != null && (flag.type().equals(LIST) || flag.type().equals(OBJECT));
    if (!structured && !choices.containsKey(path)) {
      return ConfigValueFactory.fromAnyRef(text, description);
    }
    ConfigValue value = Overrides.value(text, description);
    if (Text.of(value).isEmpty()) {
      return value;
    }
    if (choices.containsKey(path)) {
      return named(choices.get(path), value);
    }
    return flag.type().equals(LIST)
        ? ConfigValueFactory.fromIterable(List.of(text), description)
        : value;
  }

  /** A choice by its name alone, in the form that further flags can be laid over. */
  private static ConfigValue named(Choices choices, ConfigValue name) {
    String discriminator = choices.discriminator();
    return discriminator.isEmpty()
        ? ConfigFactory.empty().atKey(Text.of(name).orElseThrow()).root()
        : name.atKey(discriminator).root();
  }

  /**
   * @param needed whether the record itself must be given, so that its required keys are required
   */
  private void record(Class<?> type, String path, boolean needed) {
    for (RecordComponent component : type.getRecordComponents()) {
      Key key = Records.keyOf(component);
      component(component.getGenericType(), key, Binder.join(path, Kebab.key(component)), needed);
    }
  }

  private void component(Type type, Key key, String path, boolean needed) {
    boolean optional = false;
    Type inner = type;
    if (inner instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
      optional = true;
      inner = generic.getActualTypeArguments()[0];
    }
    boolean defaulted = !key.or().equals(Key.REQUIRED);
    boolean required = needed && !optional && !defaulted;
    if (inner instanceof ParameterizedType list) {
      boolean places = list.getActualTypeArguments()[0] == Location.class;
      add(path, places ? PATHS : LIST, key, required, List.of());
    } else if (inner instanceof Class<?> plain) {
      if (Scalar.reads(plain)) {
        List<String> choices = plain.isEnum() ? Scalar.constants(plain) : List.of();
        add(path, typeName(plain), key, required, choices);
      } else if (plain == Interval.class) {
        add(path, "range", key, required, List.of());
      } else if (plain.isRecord()) {
        add(path, OBJECT, key, false, List.of());
        if (required) {
          groups.add(path);
        }
        record(plain, path, required);
      } else {
        choice(Choices.of(plain), key, path, required);
      }
    }
  }

  private void choice(Choices all, Key key, String path, boolean required) {
    List<String> names = List.copyOf(all.records().keySet());
    choices.put(path, all);
    add(path, CHOICE, key, required && all.discriminator().isEmpty(), names);
    if (!all.discriminator().isEmpty()) {
      if (required) {
        groups.add(path);
      }
      String which = Binder.join(path, all.discriminator());
      byPath.put(
          which,
          new Flag(which, List.of(), CHOICE, key.value(), Optional.empty(), required, names));
    }
    all.records().forEach((name, type) -> record(type, all.pathOf(name, path), false));
  }

  /** Choices may share a key; what one says of it must not be taken for what another does. */
  private void add(String path, String type, Key key, boolean required, List<String> values) {
    Optional<String> defaultText =
        key.or().equals(Key.REQUIRED) ? Optional.empty() : Optional.of(key.or());
    Flag flag = new Flag(path, List.of(), type, key.value(), defaultText, required, values);
    byPath.merge(path, flag, FlagList::shared);
  }

  private static Flag shared(Flag one, Flag other) {
    boolean sameDefault = one.defaultText().equals(other.defaultText());
    return new Flag(
        one.path(),
        one.names(),
        other.type().equals(PATHS) ? PATHS : one.type(),
        one.doc().equals(other.doc()) ? one.doc() : one.doc() + ", or " + other.doc(),
        sameDefault ? one.defaultText() : Optional.empty(),
        one.required() && other.required(),
        one.choices());
  }

  List<Flag> flags() {
    Map<String, Long> uses =
        byPath.keySet().stream()
            .collect(Collectors.groupingBy(FlagList::lastName, Collectors.counting()));
    List<Flag> flags = new ArrayList<>();
    for (Flag flag : byPath.values()) {
      String full = "--" + flag.path();
      String last = lastName(flag.path());
      boolean shortened = flag.path().contains(".") && uses.get(last) == 1;
      flags.add(
          new Flag(
              flag.path(),
              shortened ? List.of(full, "--" + last) : List.of(full),
              flag.type(),
              flag.doc(),
              flag.defaultText(),
              flag.required(),
              flag.choices()));
    }
    return List.copyOf(flags);
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
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
    if (type == Share.class) {
      return "share";
    }
    return type == Duration.class ? "duration" : "text";
  }
}
