package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseable;
import com.typesafe.config.ConfigSyntax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Includes as HOCON does, and remembers the files that were not there, which HOCON passes over. */
final class StrictIncluder implements ConfigIncluder {
  private final List<String> missing;
  private final ConfigIncluder fallback;

  StrictIncluder() {
    this(new ArrayList<>(), null);
  }

  private StrictIncluder(List<String> missing, ConfigIncluder fallback) {
    this.missing = missing;
    this.fallback = fallback;
  }

  /** The names as written, in the order of the file. */
  List<String> missing() {
    return missing;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder other) {
    return fallback == null ? new StrictIncluder(missing, other) : this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    ConfigObject included = fallback.include(context, what);
    if (included.isEmpty() && spellings(what).noneMatch(name -> isThere(context, name))) {
      missing.add(what);
    }
    return included;
  }

  /** HOCON adds the extension to a name that has none. */
  private static Stream<String> spellings(String what) {
    List<String> extensions =
        Arrays.stream(ConfigSyntax.values())
            .map(syntax -> "." + syntax.name().toLowerCase(Locale.ROOT))
            .toList();
    return extensions.stream().anyMatch(what::endsWith)
        ? Stream.of(what)
        : extensions.stream().map(what::concat);
  }

  private static boolean isThere(ConfigIncludeContext context, String name) {
    ConfigParseable file = context.relativeTo(name);
    try {
      return file != null && file.parse(file.options().setAllowMissing(false)) != null;
    } catch (ConfigException.IO e) {
      return false;
    }
  }
}
