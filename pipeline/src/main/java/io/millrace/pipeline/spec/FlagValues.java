package io.millrace.pipeline.spec;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.millrace.pipeline.job.Key;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns the texts of a command line's flags into an object for the binder. A flag of several
 * choices sets the key of the choice that was made by name, by a flag that only one choice has, or
 * by default.
 */
final class FlagValues {
  private final FlagList flags;
  private final Problems problems;

  /** The texts by the flag's path, in the order of the paths. */
  private final Map<String, String> texts = new TreeMap<>();

  /** The written names of flags, by path. */
  private final Map<String, String> written = new HashMap<>();

  /** The key that each flag sets, by the flag's written name. */
  private final Map<String, String> targets = new HashMap<>();

  private ConfigObject source = ConfigFactory.empty("the command line").root();

  private FlagValues(FlagList flags, Problems problems) {
    this.flags = flags;
    this.problems = problems;
  }

  /**
   * @param keys the object for the binder
   * @param paths of the keys, by the written names of the flags
   */
  record Laid(ConfigObject keys, Map<String, String> paths) {}

  /**
   * @param values the texts by the names of the flags, without dashes
   */
  static Laid of(FlagList flags, Map<String, String> values, Problems problems) {
    FlagValues all = new FlagValues(flags, problems);
    new TreeMap<>(values).forEach(all::take);
    // The choices first, since other flags depend on them.
    all.texts.keySet().stream().filter(path -> flags.claim(path).isEmpty()).forEach(all::lay);
    Set<String> given = new HashSet<>(all.texts.keySet());
    all.texts.keySet().stream()
        .filter(path -> flags.claim(path).isPresent())
        .forEach(path -> all.layChosen(path, flags.claim(path).get(), given));
    ConfigObject source = all.source;
    // Added, so that each missing key of a group is reported, not the group.
    for (String group : flags.groups()) {
      ConfigObject empty = ConfigFactory.empty().root();
      source = source.withFallback(empty.atPath(group));
    }
    return new Laid(source, all.targets);
  }

  private void take(String name, String text) {
    String path =
        flags.flags().stream()
            .filter(flag -> flag.isCalled(name))
            .map(Flag::path)
            .findFirst()
            .orElse(name);
    String before = written.putIfAbsent(path, name);
    if (before == null) {
      texts.put(path, text);
    } else {
      String why =
          "is the same key as --" + before + ", which is also given: give only one of them";
      problems.add(place(name), why);
    }
  }

  private static Place place(String name) {
    return new Place(Flag.DASHES + name, 0);
  }

  private void lay(String path) {
    layAt(path, path);
  }

  private void layAt(String target, String path) {
    try {
      String flag = Flag.DASHES + written.get(path);
      targets.put(flag, target);
      ConfigValue value = value(target, texts.get(path), flag);
      source = value.atPath(target).root().withFallback(source);
    } catch (ConfigException e) {
      problems.add(place(written.get(path)), "the value is not valid HOCON: " + Syntax.reason(e));
    }
  }

  private void layChosen(String path, FlagList.Claim claim, Set<String> given) {
    FlagList.Choosing choosing = flags.choosing(claim.at()).orElseThrow();
    boolean keyed = !choosing.choices().discriminator().isEmpty();
    Optional<Made> made = made(choosing, claim.at(), given);
    if (made.isPresent() && !claim.variants().contains(made.get().name())) {
      String those = String.join(" and ", claim.variants().stream().sorted().toList());
      problems.add(
          place(written.get(path)),
          "%s = %s does not have this key; %s %s"
              .formatted(
                  claim.at(),
                  made.get().name(),
                  those,
                  claim.variants().size() == 1 ? "does" : "do"));
    } else if (made.isPresent() && !keyed) {
      // With the name that was written, since another spelling would look like a second choice.
      String at = Binder.join(claim.at(), made.get().written());
      layAt(Binder.join(at, claim.key()), path);
    } else if (claim.variants().size() > 1 && !keyed) {
      problems.add(
          place(written.get(path)),
          "it needs a %s: give --%s, which can be %s"
              .formatted(
                  claim.at().substring(claim.at().lastIndexOf('.') + 1),
                  claim.at(),
                  String.join(" or ", claim.variants().stream().sorted().toList())));
    } else {
      lay(path);
    }
  }

  private record Made(String name, String written) {
    static Optional<Made> of(Optional<Chosen> chosen) {
      return chosen.map(it -> new Made(it.name(), it.written()));
    }
  }

  /** The choice that was made, if there was one. */
  private Optional<Made> made(FlagList.Choosing choosing, String at, Set<String> given) {
    Choices choices = choosing.choices();
    Config laid = source.toConfig();
    if (laid.hasPath(at)) {
      Optional<Chosen> named = Chosen.of(choices, laid.getValue(at), (key, it, word, why) -> {});
      if (named.isPresent() || !choices.discriminator().isEmpty()) {
        return Made.of(named);
      }
    }
    Set<String> implied = new HashSet<>();
    for (String path : given) {
      flags
          .claim(path)
          .filter(claim -> claim.at().equals(at) && claim.variants().size() == 1)
          .ifPresent(claim -> implied.addAll(claim.variants()));
    }
    if (implied.size() == 1 && choices.discriminator().isEmpty()) {
      String only = implied.iterator().next();
      return Optional.of(new Made(only, only));
    }
    Key key = choosing.key();
    return key.or().equals(Key.REQUIRED)
        ? Optional.empty()
        : Made.of(Chosen.of(choices, Records.defaultOf(key, at), (k, it, word, why) -> {}));
  }

  /**
   * A flag's text as a value for the binder. Only lists and objects are HOCON: a path that looks
   * like a list is still a path.
   */
  private ConfigValue value(String path, String text, String description) {
    String type = flags.at(path).map(Flag::type).orElse("");
    Optional<Choices> choices = flags.choosing(path).map(FlagList.Choosing::choices);
    if (type.equals(FlagList.PATHS)) {
      return text.startsWith("[")
          ? Overrides.value(text, description)
          : ConfigValueFactory.fromAnyRef(text, description);
    }
    boolean structured = type.equals(FlagList.LIST) || type.equals(FlagList.OBJECT);
    if (!structured && choices.isEmpty()) {
      return ConfigValueFactory.fromAnyRef(text, description);
    }
    ConfigValue value = Overrides.value(text, description);
    if (ScalarText.of(value).isEmpty()) {
      return choices.isPresent() ? withName(choices.get(), value) : value;
    }
    if (choices.isPresent()) {
      return named(choices.get(), value);
    }
    if (!type.equals(FlagList.LIST)) {
      return value;
    }
    List<String> elements =
        flags.isOfNumbers(path) ? Arrays.asList(text.strip().split("\\s*,\\s*")) : List.of(text);
    return ConfigValueFactory.fromIterable(elements, description);
  }

  /** A choice given by its keys, with the name that may be left out: so each key has its flag. */
  private static ConfigValue withName(Choices choices, ConfigValue value) {
    return value instanceof ConfigObject object
        ? choices
            .unnamed(object.keySet())
            .map(it -> (ConfigValue) object.atKey(it).root())
            .orElse(object)
        : value;
  }

  /** A choice given only by its name, in a form to which other flags can be added. */
  private static ConfigValue named(Choices choices, ConfigValue name) {
    String text = ScalarText.of(name).orElseThrow();
    Optional<String> path = choices.unnamedPath().filter(it -> choices.named(text).isEmpty());
    if (path.isPresent()) {
      String key = Kebab.keys(choices.records().get(path.get())).get(0);
      return name.atKey(key).root().atKey(path.get()).root();
    }
    String discriminator = choices.discriminator();
    return discriminator.isEmpty()
        ? ConfigFactory.empty().atKey(text).root()
        : name.atKey(discriminator).root();
  }
}
