package io.millrace.jobs.cli;

import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.WeakHashMap;
import picocli.CommandLine.ParseResult;

/** A file of Spark's settings, such as spark-submit's {@code --properties-file}. */
final class SparkProperties {
  private static final String SPARK = "spark.";
  // Read once for each command line, since a pipe, such as a password manager's, can be read only
  // once.
  private static final Map<ParseResult, Map<String, String>> READ =
      Collections.synchronizedMap(new WeakHashMap<>());

  private SparkProperties() {}

  /**
   * The settings of the file that a command line names; none if it names none.
   *
   * @throws io.millrace.pipeline.ConfigurationException as {@link #read}
   */
  static Map<String, String> of(ParseResult parsed, String option) {
    if (!parsed.hasMatchedOption(option)) {
      return Map.of();
    }
    return READ.computeIfAbsent(parsed, it -> read(option, it.matchedOptionValue(option, "")));
  }

  /**
   * The settings in a file.
   *
   * @param option that named it, for the problems
   * @throws io.millrace.pipeline.ConfigurationException if there is no such file, or a key in it is
   *     not Spark's; values are never shown, as they may be secrets
   */
  private static Map<String, String> read(String option, String given) {
    List<Problem> problems = new ArrayList<>();
    Properties all = new Properties();
    Options.local(option, given, "file", problems)
        .ifPresent(file -> load(file, option, all, problems));
    Map<String, String> settings = new TreeMap<>();
    for (String key : all.stringPropertyNames()) {
      if (!key.startsWith(SPARK)) {
        problems.add(
            new Problem(
                option, "the key '" + key + "' in " + given + " does not begin with " + SPARK));
      }
      settings.put(key, all.getProperty(key).strip());
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return settings;
  }

  private static void load(Path file, String option, Properties into, List<Problem> problems) {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      into.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      boolean there = Files.exists(file) && !Files.isDirectory(file);
      String why = there ? "can't be read as properties" : "is not there";
      problems.add(new Problem(option, file + " " + why));
    }
  }
}
