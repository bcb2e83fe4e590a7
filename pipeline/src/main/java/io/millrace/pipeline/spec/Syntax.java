package io.millrace.pipeline.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses HOCON and resolves substitutions. */
final class Syntax {
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{[^}]*\\}");

  private Syntax() {}

  /**
   * The parsed file without substitutions resolved; empty if it can't be read. Missing includes are
   * problems.
   */
  static Config parse(Path file, Problems problems) {
    Place place = new Place(file.toString(), 0);
    if (Files.isDirectory(file)) {
      problems.add(place, "this is a folder, not a pipeline file");
      return ConfigFactory.empty();
    }
    if (Files.notExists(file)) {
      problems.add(place, "there is no such pipeline file" + NearestPath.hint(file.toString()));
      return ConfigFactory.empty();
    }
    StrictIncluder includer = new StrictIncluder(file.toString());
    ConfigParseOptions options =
        ConfigParseOptions.defaults().setAllowMissing(false).setIncluder(includer);
    try {
      Config parsed = ConfigFactory.parseFile(beside(file), options);
      for (StrictIncluder.Missing missing : includer.missing()) {
        problems.add(
            Place.of(missing.by(), lineOf(missing)),
            Mark.word("", missing.name()),
            missing.message());
      }
      return parsed;
    } catch (ConfigException e) {
      SyntaxMistake.of(e, place).addTo(problems);
      return ConfigFactory.empty();
    }
  }

  /** The same for a text; its places are lines of {@link Place#TEXT}. */
  static Config parseText(String text, Problems problems) {
    StrictIncluder includer = new StrictIncluder(Place.TEXT);
    ConfigParseOptions options =
        ConfigParseOptions.defaults().setOriginDescription(Place.TEXT).setIncluder(includer);
    try {
      Config parsed = ConfigFactory.parseString(text, options);
      for (StrictIncluder.Missing missing : includer.missing()) {
        problems.add(new Place(missing.by(), 0), missing.message());
      }
      return parsed;
    } catch (ConfigException e) {
      Place place = e.origin() == null ? new Place(Place.TEXT, 0) : Place.of(e.origin());
      SyntaxMistake mistake =
          place.source().equals(Place.TEXT)
              ? SyntaxMistake.of(e, place, text)
              : SyntaxMistake.of(e, place);
      mistake.addTo(problems);
      return ConfigFactory.empty();
    }
  }

  /** The line of an include, which HOCON does not give; 0 if it can't be found. */
  private static int lineOf(StrictIncluder.Missing missing) {
    try {
      // ISO 8859-1 reads any bytes; HOCON has already checked the file.
      List<String> lines =
          new String(Files.readAllBytes(Path.of(missing.by())), UTF_8).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).contains("include") && lines.get(i).contains(missing.name())) {
          return i + 1;
        }
      }
      return 0;
    } catch (IOException | InvalidPathException e) {
      // The include is not in a file.
      return 0;
    }
  }

  /** The file with a folder in its name, since HOCON looks for includes beside a file only then. */
  private static File beside(Path file) {
    return file.getParent() == null ? new File(".", file.toString()) : file.toFile();
  }

  /** Resolves all substitutions; one without a value is a problem and stays as it is. */
  static Config resolve(Config config, Problems problems) {
    try {
      Config resolved = config.resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true));
      findUnresolved(resolved.root(), "", problems);
      return resolved;
    } catch (ConfigException e) {
      problems.add(e.origin() == null ? Place.UNKNOWN : Place.of(e.origin()), reason(e));
      return ConfigFactory.empty();
    }
  }

  /** Whether a value is a substitution without a value; {@link #resolve} has reported it. */
  static boolean isUnresolved(ConfigValue value) {
    try {
      value.valueType();
      if (value instanceof ConfigObject object) {
        // An object merged with a substitution has a type, but its keys can't be read.
        object.forEach((key, inside) -> {});
      }
      return false;
    } catch (ConfigException.NotResolved e) {
      return true;
    }
  }

  private static void findUnresolved(ConfigValue value, String path, Problems problems) {
    if (Syntax.isUnresolved(value)) {
      Matcher substitution = SUBSTITUTION.matcher(value.render());
      String what = substitution.find() ? substitution.group() : "the substitution";
      problems.add(
          Place.of(value.origin()),
          Mark.word(path, what),
          path + ": " + what + " has no value: neither the file nor the environment sets it");
      return;
    }
    if (value instanceof ConfigObject object) {
      object.forEach((key, v) -> findUnresolved(v, Binder.join(path, key), problems));
    } else if (value instanceof ConfigList list) {
      for (int i = 0; i < list.size(); i++) {
        findUnresolved(list.get(i), path + "[" + i + "]", problems);
      }
    }
  }

  /** HOCON's message without the place at its beginning. */
  static String reason(ConfigException e) {
    String message = e.getMessage();
    if (e.origin() == null) {
      return message;
    }
    String prefix = e.origin().description() + ": ";
    return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
  }
}
