package io.millrace.jobs.cli;

import io.millrace.jobs.terminal.Screen;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** A command: the word after {@code millrace} and what it does. */
interface Command {
  /** The word. */
  String name();

  /** Other spellings of the word that are understood too. */
  default List<String> also() {
    return List.of();
  }

  /** Its group in the list of commands. */
  default CommandGroup group() {
    return CommandGroup.DATA;
  }

  /** One sentence for the list of commands. */
  String summary();

  /** All options and arguments, with help. */
  CommandSpec spec();

  /**
   * Does the work.
   *
   * @return the exit status
   * @throws io.millrace.pipeline.ConfigurationException for a mistake that the command line or the
   *     configuration shows
   * @throws io.millrace.pipeline.CannotException for a failure that a user can act on
   */
  int run(ParseResult parsed, Screen screen);

  /** The command without its options, for the list of commands. */
  default CommandSpec title() {
    return Options.command(name(), summary());
  }
}
