package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigParseable;
import com.typesafe.config.ConfigSyntax;
import java.io.File;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Includes files as HOCON does, and records missing files, which HOCON ignores. */
final class StrictIncluder
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  private static final String NO_FILE = "there is no such file";
  private static final String UNREADABLE = "it can't be read; see its permissions";

  /**
   * An include of a file that is missing or can't be read.
   *
   * @param by the file with the include
   * @param name of the missing file, as written
   * @param message a sentence with the reason
   */
  record Missing(String by, String name, String message) {}

  private final List<Missing> missing;
  private final Deque<String> reading;
  private final ConfigIncluder fallback;

  /**
   * @param file the file that is read first
   */
  StrictIncluder(String file) {
    this(new ArrayList<>(), new ArrayDeque<>(List.of(file)), null);
  }

  private StrictIncluder(List<Missing> missing, Deque<String> reading, ConfigIncluder fallback) {
    this.missing = missing;
    this.reading = reading;
    this.fallback = fallback;
  }

  /** The missing files, in the order in which they were looked for. */
  List<Missing> missing() {
    return missing;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder other) {
    return fallback == null ? new StrictIncluder(missing, reading, other) : this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    Optional<String> file =
        spellings(what).flatMap(name -> fileOf(context, name).stream()).findFirst();
    ConfigObject included = within(file.orElse(what), () -> fallback.include(context, what));
    if (included.isEmpty()) {
      if (file.isEmpty() && spellings(what).noneMatch(name -> isThere(context, name))) {
        add(what, "include \"" + what + "\": " + NO_FILE);
      } else if (file.isPresent() && !isReadable(new File(file.get()))) {
        add(what, "include \"" + what + "\": " + UNREADABLE);
      }
    }
    return included;
  }

  /** HOCON's path is relative to the current directory, not to the including file. */
  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return orMissing(
        what.toString(),
        "include file(\"" + what + "\")",
        () -> what.exists() ? UNREADABLE : NO_FILE + (what.isAbsolute() ? "" : lookedFor(what)),
        () -> ConfigFactory.parseFileAnySyntax(what, strict(context)).root());
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    return orMissing(
        // The text in the file: a URL's text may have other slashes.
        what.getFile(),
        "include url(\"" + what + "\")",
        () -> "nothing can be read there",
        () -> ConfigFactory.parseURL(what, strict(context)).root());
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return orMissing(
        what,
        "include classpath(\"" + what + "\")",
        () -> "there is no such file on the class path",
        () -> ConfigFactory.parseResourcesAnySyntax(what, strict(context)).root());
  }

  private static ConfigParseOptions strict(ConfigIncludeContext context) {
    return context.parseOptions().setAllowMissing(false);
  }

  private ConfigObject orMissing(
      String name, String statement, Supplier<String> why, Supplier<ConfigObject> parsed) {
    try {
      return within(name, parsed);
    } catch (ConfigException.IO e) {
      add(name, statement + ": " + why.get());
      return ConfigFactory.empty().root();
    }
  }

  private ConfigObject within(String file, Supplier<ConfigObject> parsed) {
    reading.push(file);
    try {
      return parsed.get();
    } finally {
      reading.pop();
    }
  }

  private void add(String name, String message) {
    missing.add(new Missing(reading.element(), name, message));
  }

  private String lookedFor(File what) {
    String looked = " (looked for " + what.getAbsoluteFile() + ")";
    return isBeside(what.toString())
        ? looked + "; for the file beside this one write include \"" + what + "\""
        : looked;
  }

  private boolean isBeside(String name) {
    try {
      return !reading.element().equals(Place.TEXT)
          && Files.exists(Path.of(reading.element()).resolveSibling(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** The possible names: HOCON adds an extension to a name that has none. */
  private static Stream<String> spellings(String what) {
    List<String> extensions =
        Arrays.stream(ConfigSyntax.values())
            .map(syntax -> "." + syntax.name().toLowerCase(Locale.ROOT))
            .toList();
    return extensions.stream().anyMatch(what::endsWith)
        ? Stream.of(what)
        : extensions.stream().map(what::concat);
  }

  private static Optional<String> fileOf(ConfigIncludeContext context, String name) {
    return Optional.ofNullable(context.relativeTo(name))
        .map(it -> it.origin().filename())
        .filter(file -> new File(file).exists());
  }

  private static boolean isReadable(File file) {
    return file.isFile() && file.canRead();
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
