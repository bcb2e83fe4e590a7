package io.millrace.jobs.cli;

import io.millrace.jobs.terminal.OutputMode;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.store.Places;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Options that several commands share. */
final class Options {
  private static final String MASTER = "--master";
  private static final String CONF = "--conf";
  private static final String PROPERTIES = "--properties-file";
  private static final int WIDTH = 100;
  private static final int FOLD = WIDTH - 6;

  private Options() {}

  /** A command with help, examples at its end and the options for its output. */
  static CommandSpec command(String name, String description, String... examples) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage()
        .description(plain(description))
        .synopsisHeading("Usage: ")
        .parameterListHeading("%n")
        .optionListHeading("%nOptions:%n")
        .footerHeading(examples.length == 1 ? "%nExample:%n" : "%nExamples:%n")
        .footer(indented(examples))
        .sortOptions(false)
        .abbreviateSynopsis(true)
        .width(WIDTH);
    return spec;
  }

  /** Long command lines are broken before an option, so that they can be pasted. */
  private static String[] indented(String... lines) {
    List<String> folded = new ArrayList<>();
    for (String line : lines) {
      StringBuilder part = new StringBuilder("  ");
      for (String words : line.split(" (?=--)", -1)) {
        if (part.length() + words.length() > FOLD && !part.toString().isBlank()) {
          folded.add(plain(part + " \\"));
          part = new StringBuilder("     ");
        }
        part.append(part.toString().equals("  ") ? "" : " ").append(words);
      }
      folded.add(plain(part.toString()));
    }
    return folded.toArray(String[]::new);
  }

  /** Picocli formats its texts, so a percent sign must be doubled. */
  static String plain(String text) {
    return text.replace("%", "%%");
  }

  static OptionSpec switched(String name, String description) {
    return OptionSpec.builder(name)
        .arity("0")
        .type(boolean.class)
        .description(plain(description))
        .build();
  }

  static OptionSpec valued(String name, String label, String description) {
    return OptionSpec.builder(name)
        .arity("1")
        .type(String.class)
        .paramLabel(label)
        .description(plain(description))
        .build();
  }

  /** An option whose value may be left out, and is then an empty text. */
  static OptionSpec optional(String name, String label, String description) {
    return OptionSpec.builder(name)
        .arity("0..1")
        .fallbackValue("")
        .type(String.class)
        .paramLabel(label)
        .description(plain(description))
        .build();
  }

  /** The required argument that is not an option. */
  static PositionalParamSpec required(String label, String description) {
    return PositionalParamSpec.builder()
        .index("0")
        .arity("1")
        .required(true)
        .paramLabel(label)
        .type(String.class)
        .description(plain(description))
        .build();
  }

  static OptionSpec repeated(String name, String label, String description) {
    return OptionSpec.builder(name)
        .arity("1")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label)
        .description(plain(description))
        .build();
  }

  static List<OptionSpec> speech() {
    return List.of(
        switched(OutputMode.JSON, "Print one JSON object on stdout and nothing else there."),
        switched(OutputMode.QUIET, "Show no progress."),
        debug(),
        help());
  }

  static OptionSpec debug() {
    return switched(OutputMode.DEBUG, "Show the stack traces of failures.");
  }

  static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .type(boolean.class)
        .description("Show this help.")
        .build();
  }

  static List<OptionSpec> spark() {
    List<OptionSpec> options = new ArrayList<>();
    options.add(
        valued(
            MASTER,
            "URL",
            "Where Spark runs (default: local[*]; the one set by spark-submit comes first)."));
    options.addAll(conf());
    return options;
  }

  /**
   * For commands that read a workspace without Spark: {@code spark.hadoop.*} is for its storage.
   */
  static List<OptionSpec> conf() {
    return List.of(
        repeated(CONF, "spark.KEY=VALUE", "A setting of Spark; it does not change results."),
        valued(
            PROPERTIES,
            "FILE",
            "A file of Spark's settings, 'spark.KEY VALUE' on each line. Put secrets there, since"
                + " others can see a command line; --conf overrides it."));
  }

  /** The values of the options of {@link #spark} or {@link #conf}, as flat keys. */
  static Map<String, String> settings(ParseResult parsed) {
    Map<String, String> settings = new HashMap<>(SparkProperties.of(parsed, PROPERTIES));
    for (String given : values(parsed, CONF)) {
      int equals = given.indexOf('=');
      if (equals < 0 || !given.startsWith("spark.")) {
        throw Refusal.because(CONF, "'" + given + "' can't be used: write spark.KEY=VALUE");
      }
      settings.put(given.substring(0, equals), given.substring(equals + 1));
    }
    if (parsed.hasMatchedOption(MASTER)) {
      settings.put("spark.master", parsed.matchedOptionValue(MASTER, ""));
    }
    return settings;
  }

  /**
   * A whole number, 1 or more.
   *
   * @param unit what it counts, for the message
   */
  static int count(ParseResult parsed, String name, String usual, String unit) {
    String given = parsed.matchedOptionValue(name, usual);
    if (!given.matches("[1-9]\\d{0,8}")) {
      throw Refusal.because(
          name, "'" + given + "' can't be used: write a number of " + unit + ", 1 or more");
    }
    return Integer.parseInt(given);
  }

  /**
   * A path on this machine.
   *
   * @param kind file or folder, for the problem if it is not one
   */
  static Optional<Path> local(String option, String given, String kind, List<Problem> problems) {
    URI place = Places.uri(given);
    if (!"file".equals(place.getScheme())) {
      problems.add(new Problem(option, "'" + given + "' is not a local " + kind));
      return Optional.empty();
    }
    return Optional.of(Path.of(place));
  }

  static List<String> values(ParseResult parsed, String name) {
    return parsed.matchedOptionValue(name, List.of());
  }

  /** The value of an option that takes a whole number; empty if it is missing or a problem. */
  static OptionalLong wholeNumber(String option, String text, List<Problem> problems) {
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!text.matches("[1-9]\\d{0,17}")) {
      problems.add(new Problem(option, "'" + text + "' is not a whole number, 1 or more"));
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(text));
  }
}
