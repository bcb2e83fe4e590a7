package io.millrace.jobs.cli;

import io.millrace.jobs.terminal.Screen;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace completion}: what makes a shell complete Millrace's words. */
final class CompletionCommand implements Command {
  private final Supplier<CommandLine> whole;

  /**
   * @param whole the command line with every command in full
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
            summary() + " Put the example's line into ~/.bashrc or ~/.zshrc to have it always.",
            "source <(millrace completion)");
    spec.addOption(Options.debug());
    spec.addOption(Options.help());
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    AutoComplete.bash("millrace", whole.get())
        .lines()
        // Where there are no words of ours to complete, a path is most likely meant.
        .filter(line -> !line.contains("compopt +o default"))
        .forEach(screen.out()::println);
    return Status.DONE;
  }
}
