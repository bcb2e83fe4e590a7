package io.millrace.jobs.terminal;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ParseResult;

/**
 * What a command writes, and how.
 *
 * @param json one JSON object on stdout and nothing else there
 * @param quiet no progress
 * @param debug stack traces
 */
public record OutputMode(boolean json, boolean quiet, boolean debug) {
  public static final String JSON = "--json";
  public static final String QUIET = "--quiet";
  public static final String DEBUG = "--debug";

  public static OutputMode of(ParseResult parsed) {
    return new OutputMode(has(parsed, JSON), has(parsed, QUIET), has(parsed, DEBUG));
  }

  /** For a command line that could not be parsed. */
  public static OutputMode guessed(String... arguments) {
    List<String> words = Arrays.asList(arguments);
    return new OutputMode(words.contains(JSON), false, words.contains(DEBUG));
  }

  private static boolean has(ParseResult parsed, String option) {
    return parsed.hasMatchedOption(option);
  }
}
