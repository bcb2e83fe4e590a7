package io.millrace.jobs.cli;

import io.millrace.jobs.terminal.Screen;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace completion}: a script that makes a shell complete Millrace's words. */
final class CompletionCommand implements Command {
  private final Supplier<CommandLine> whole;

  /**
   * @param whole the command line, every command with all its options
   */
  CompletionCommand(Supplier<CommandLine> whole) {
    this.whole = whole;
  }

  @Override
  public String name() {
    return "completion";
  }

  @Override
  public String summary() {
    return "Print a script by which bash or zsh completes commands, options and their values.";
  }

  @Override
  public CommandGroup group() {
    return CommandGroup.MILLRACE;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            summary()
                + " To have it in every shell, put the example's line into ~/.bashrc or ~/.zshrc.",
            "source <(millrace completion)");
    spec.addOption(Options.debug());
    spec.addOption(Options.help());
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    AutoComplete.bash("millrace", whole.get())
        .lines()
        // Otherwise the shell would complete paths wherever Millrace has no words.
        .filter(line -> !line.contains("compopt +o default"))
        .forEach(screen.out()::println);
    return Status.DONE;
  }
}
