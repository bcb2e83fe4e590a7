package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.millrace.pipeline.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The shortest form of a choice in a file: {@code random-crop = 32}, {@code pad { by = 4, with =
 * zero }}, {@code side-on}. Defaults are left out, and an interval is one number if that means the
 * same. Reading it gives the same choice.
 */
public final class ShortForm {
  private ShortForm() {}

  /** The short form of a choice without locations. */
  public static String of(Record choice) {
    Map<String, Object> keys = new LinkedHashMap<>();
    Map<String, Object> canonical = Canonical.of(choice);
    List<String> names = Kebab.keys(choice.getClass());
    names.stream().filter(canonical::containsKey).forEach(it -> keys.put(it, canonical.get(it)));
    for (String name : new ArrayList<>(keys.keySet())) {
      Map<String, Object> shorter = new LinkedHashMap<>(keys);
      shorter.remove(name);
      if (means(shorter, choice)) {
        keys.remove(name);
      } else if (keys.get(name) instanceof List<?> ends && ends.size() == 2) {
        shorter = new LinkedHashMap<>(keys);
        shorter.put(name, ends.get(1));
        if (means(shorter, choice)) {
          keys.put(name, ends.get(1));
        }
      }
    }
    String name = Kebab.choice(choice.getClass());
    if (keys.isEmpty()) {
      return name;
    }
    Object first = keys.get(names.get(0));
    return keys.size() == 1 && first != null && !(first instanceof Map<?, ?>)
        ? name + " = " + text(first)
        : name + " " + text(keys);
  }

  /** The form with all keys: {@code pad { by = 4, with = zero }}. */
  public static String inFull(Record choice) {
    Map<String, Object> keys = new LinkedHashMap<>();
    Map<String, Object> canonical = Canonical.inFull(choice);
    Kebab.keys(choice.getClass()).stream()
        .filter(canonical::containsKey)
        .forEach(it -> keys.put(it, canonical.get(it)));
    String name = Kebab.choice(choice.getClass());
    return keys.isEmpty() ? name : name + " " + text(keys);
  }

  /**
   * Reads a choice in any form.
   *
   * @param type the interface of the choice
   * @param text in HOCON
   * @throws ConfigurationException with all its problems
   */
  public static <T> T read(Class<T> type, String text) {
    Problems problems = new Problems();
    ConfigValue source = ConfigFactory.parseString("choice = " + text).root().get("choice");
    Binder binder = new Binder(new NamedOrigins(text), problems, UnaryOperator.identity());
    Object read = binder.choice(type, source).orElse(null);
    problems.throwIfAny();
    return type.cast(read);
  }

  private static boolean means(Map<String, Object> keys, Record choice) {
    ConfigObject source = ConfigValueFactory.fromMap(keys);
    Binder binder = new Binder(new NamedOrigins(""), new Problems(), UnaryOperator.identity());
    return binder
        .bind(choice.getClass(), source, List.of(), source)
        .filter(choice::equals)
        .isPresent();
  }

  private static String text(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(
              it ->
                  it.getKey() + (it.getValue() instanceof Map ? " " : " = ") + text(it.getValue()))
          .collect(Collectors.joining(", ", "{ ", " }"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(ShortForm::text).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Double number && number == Math.rint(number)) {
      return Long.toString(number.longValue());
    }
    String text = String.valueOf(value);
    return text.matches("[\\w.+-]+") ? text : ConfigUtil.quoteString(text);
  }
}
