package io.millrace.pipeline.spec;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.millrace.pipeline.job.JobCatalogue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Applies the {@code --set key=value} of a command line to a file before it is resolved. */
final class Overrides {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

  private final Config file;
  private final SetPaths paths;
  private final Problems problems;

  private Overrides(Config file, JobCatalogue jobs, Problems problems) {
    this.file = file;
    this.paths = new SetPaths(jobs);
    this.problems = problems;
  }

  /**
   * @param jobs the jobs, whose keys may be set in another spelling than the file's
   */
  static Config apply(Config file, List<String> sets, JobCatalogue jobs, Problems problems) {
    Overrides overrides = new Overrides(file, jobs, problems);
    Config laid = file;
    for (String set : sets) {
      laid = overrides.lay(set, laid);
    }
    return laid;
  }

  static String key(String set) {
    int equals = set.indexOf('=');
    return equals < 0 ? set.strip() : set.substring(0, equals).strip();
  }

  private Config lay(String set, Config under) {
    int equals = set.indexOf('=');
    String key = key(set);
    Place place = new Place("--set " + key, 0);
    if (equals < 0) {
      problems.add(
          place, Mark.word("", key), "takes a key and a value: write --set " + key + "=VALUE");
      return under;
    }
    List<String> path;
    try {
      path = ConfigUtil.splitPath(key);
    } catch (ConfigException e) {
      problems.add(
          place,
          Mark.word("", key),
          "'" + key + "' is not a key: write names with dots between them");
      return under;
    }
    Optional<Unknown> unknown = unknown(path);
    if (unknown.isPresent()) {
      problems.add(place, Mark.word("", unknown.get().name()), unknown.get().why());
      return under;
    }
    try {
      String spelt = ConfigUtil.joinPath(paths.asIn(under.root(), path));
      return value(set.substring(equals + 1), place.source()).atPath(spelt).withFallback(under);
    } catch (ConfigException e) {
      String value = set.substring(equals + 1);
      problems.add(
          place, Mark.word(key, value), "the value is not valid HOCON: " + Syntax.reason(e));
      return under;
    }
  }

  /**
   * A HOCON number, boolean, list, object or quoted text, else the text itself.
   *
   * @param description the name of the value's origin
   * @throws ConfigException if it begins like a list, an object or a quoted text but isn't one
   */
  static ConfigValue value(String text, String description) {
    String stripped = text.strip();
    boolean structure = stripped.startsWith("[") || stripped.startsWith("{");
    boolean quoted = stripped.length() > 1 && stripped.startsWith("\"") && stripped.endsWith("\"");
    boolean literal =
        NUMBER.matcher(stripped).matches() || stripped.equals("true") || stripped.equals("false");
    if (!structure && !quoted && !literal) {
      return ConfigValueFactory.fromAnyRef(text, description);
    }
    ConfigParseOptions options = ConfigParseOptions.defaults().setOriginDescription(description);
    ConfigValue value =
        ConfigFactory.parseString("value = " + stripped, options)
            .root()
            .get("value")
            .withOrigin(ConfigOriginFactory.newSimple(description));
    // It must replace an object of the file; HOCON by itself would merge the two.
    return value instanceof ConfigObject
        ? value.withFallback(ConfigValueFactory.fromAnyRef(null))
        : value;
  }

  private record Unknown(String name, String why) {}

  /**
   * What is wrong with the key; empty if nothing. Keys inside a stage are checked later by its job.
   */
  private Optional<Unknown> unknown(List<String> path) {
    String first = path.get(0);
    if (!PipelineReader.KEYS.contains(first)) {
      String hint = Nearest.hintAndList(first, PipelineReader.KEYS, "the keys are");
      return Optional.of(new Unknown(first, "there is no key '" + first + "'" + hint));
    }
    boolean named = first.equals(PipelineReader.PARAMS) || first.equals(PipelineReader.STAGES);
    if (!named || path.size() == 1) {
      return Optional.empty();
    }
    int known = first.equals(PipelineReader.STAGES) ? 2 : path.size();
    ConfigValue at = file.root();
    for (int i = 0; i < known; i++) {
      if (Syntax.isUnresolved(at) || isSubstituted(path)) {
        return Optional.empty();
      }
      String name = path.get(i);
      ConfigValue inside = at instanceof ConfigObject object ? object.get(name) : null;
      if (inside == null) {
        Set<String> there = at instanceof ConfigObject object ? object.keySet() : Set.of();
        String parent = i == 0 ? "the file" : String.join(".", path.subList(0, i));
        String hint = Nearest.hintAndList(name, there, "there are");
        return Optional.of(new Unknown(name, "there is no '" + name + "' in " + parent + hint));
      }
      at = inside;
    }
    return Optional.empty();
  }

  /** Whether the file reads a parameter without setting it: {@code ${?params.extra}}. */
  private boolean isSubstituted(List<String> path) {
    return file.root().render().contains("${?" + ConfigUtil.joinPath(path) + "}");
  }
}
