package io.millrace.jobs.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One word after {@code millrace}. */
interface Command {
  /** Its options, arguments and help. */
  CommandSpec spec();

  /**
   * Does the work.
   *
   * @return the exit status
   * @throws io.millrace.pipeline.ConfigurationException for what the command line and the
   *     configuration show
   * @throws io.millrace.pipeline.CannotException for a failure that a user can act on
   */
  int run(ParseResult parsed, Screen screen);

  /** What a JSON object of this command calls its pipeline, as far as the command line says. */
  default String pipeline(ParseResult parsed) {
    return parsed.commandSpec().name();
  }
}
