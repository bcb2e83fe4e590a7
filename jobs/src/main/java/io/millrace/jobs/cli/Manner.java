package io.millrace.jobs.cli;

import picocli.CommandLine.ParseResult;

/**
 * How a command speaks.
 *
 * @param json one JSON object on stdout and nothing else there
 * @param quiet no progress
 * @param debug stack traces
 */
record Manner(boolean json, boolean quiet, boolean debug) {
  static final String JSON = "--json";
  static final String QUIET = "--quiet";
  static final String DEBUG = "--debug";

  static Manner of(ParseResult parsed) {
    return new Manner(
        parsed.hasMatchedOption(JSON),
        parsed.hasMatchedOption(QUIET),
        parsed.hasMatchedOption(DEBUG));
  }
}
