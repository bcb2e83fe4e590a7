package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The choice of an interface that was written, and its value. The forms are {@code name}, {@code {
 * discriminator = name, key = value }}, {@code { name { key = value } }} and {@code { name = value
 * }}; where the choice's name may be left out, its keys or its path alone.
 *
 * @param name the choice's own name
 * @param written the name as it was written
 * @param keys the choice's keys
 * @param others keys among them that do not belong to the choice
 * @param shortValue the value of the short form, which belongs to the choice's first key
 */
record Chosen(
    String name,
    String written,
    ConfigObject keys,
    List<String> others,
    Optional<ConfigValue> shortValue) {

  /** Receives what can't be read. */
  interface Refusal {
    /**
     * @param key the key within the choice; empty for the choice itself
     * @param word the wrong word; empty if there is none
     */
    void add(String key, ConfigValue value, String word, String why);
  }

  /** Reads any of the forms; problems go to {@code refusal}. */
  static Optional<Chosen> of(Choices choices, ConfigValue given, Refusal refusal) {
    Optional<String> name = ScalarText.of(given);
    if (name.isPresent()) {
      Optional<String> path =
          choices.named(name.get()).isPresent() ? Optional.empty() : choices.unnamedPath();
      if (path.isPresent()) {
        ConfigObject none = ConfigValueFactory.fromMap(Map.of()).withOrigin(given.origin());
        return path.map(it -> new Chosen(it, it, none, List.of(), Optional.of(given)));
      }
      return known(choices, name.get(), "", given, refusal)
          .map(known -> plain(known, name.get(), given));
    }
    if (!(given instanceof ConfigObject object)) {
      refusal.add("", given, "", ScalarText.shown(given) + " can't be used: " + form(choices));
      return Optional.empty();
    }
    String discriminator = choices.discriminator();
    if (!discriminator.isEmpty() && object.containsKey(discriminator)) {
      return byDiscriminator(choices, object, refusal);
    }
    return byOneKey(choices, object, refusal);
  }

  private static Optional<Chosen> byDiscriminator(
      Choices choices, ConfigObject object, Refusal refusal) {
    ConfigValue which = object.get(choices.discriminator());
    if (Syntax.isUnresolved(which)) {
      return Optional.empty();
    }
    Optional<String> name = ScalarText.of(which);
    if (name.isEmpty()) {
      refusal.add(choices.discriminator(), which, "", ScalarText.shown(which) + " is not a name");
      return Optional.empty();
    }
    return known(choices, name.get(), choices.discriminator(), which, refusal)
        .map(
            it ->
                new Chosen(
                    it, name.get(), object, List.of(choices.discriminator()), Optional.empty()));
  }

  private static Optional<Chosen> byOneKey(Choices choices, ConfigObject object, Refusal refusal) {
    Set<String> names = new TreeSet<>(object.keySet());
    Optional<String> unnamed = choices.unnamed(names);
    if (unnamed.isPresent()) {
      return unnamed.map(it -> new Chosen(it, it, object, List.of(), Optional.empty()));
    }
    boolean keyed = !choices.discriminator().isEmpty();
    if (keyed && (names.size() != 1 || isKeyOfAChoice(choices, names.iterator().next()))) {
      refusal.add(
          choices.discriminator(),
          object,
          "",
          "is missing; the choices are: " + String.join(", ", choices.records().keySet()));
      return Optional.empty();
    }
    if (names.size() != 1) {
      String found = names.isEmpty() ? "{ } is empty" : "only one of " + names + " may be given";
      refusal.add("", object, "", found + ": " + form(choices));
      return Optional.empty();
    }
    String name = names.iterator().next();
    ConfigValue value = object.get(name);
    if (Syntax.isUnresolved(value)) {
      return Optional.empty();
    }
    return known(choices, name, "", value, refusal)
        .map(
            known ->
                value instanceof ConfigObject keys
                    ? new Chosen(known, name, keys, List.of(), Optional.empty())
                    : new Chosen(known, name, object, List.of(), Optional.of(value)));
  }

  private static boolean isKeyOfAChoice(Choices choices, String key) {
    return choices.named(key).isEmpty()
        && choices.records().values().stream().anyMatch(r -> Names.component(r, key).isPresent());
  }

  private static Chosen plain(String name, String written, ConfigValue given) {
    ConfigObject empty = ConfigValueFactory.fromMap(Map.of()).withOrigin(given.origin());
    return new Chosen(name, written, empty, List.of(), Optional.empty());
  }

  private static Optional<String> known(
      Choices choices, String name, String key, ConfigValue value, Refusal refusal) {
    Optional<String> known = choices.named(name);
    if (known.isEmpty()) {
      refusal.add(key, value, name, choices.unknown(name));
    }
    return known;
  }

  private static String form(Choices choices) {
    String names = String.join(", ", choices.records().keySet());
    return choices.discriminator().isEmpty()
        ? "write { choice { keys } } with one of the choices " + names
        : "write { " + choices.discriminator() + " = choice } with one of the choices " + names;
  }
}
