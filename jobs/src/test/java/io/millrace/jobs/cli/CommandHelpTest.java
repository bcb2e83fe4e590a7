package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every command and option is named, described and shown the same way. */
class CommandHelpTest {
  /** A key of a job may stand inside another: {@code --source.per-class-limit}. */
  private static final String OPTION = "--[a-z][a-z0-9]*([-.][a-z0-9]+)*";

  private static final String WORD = "[a-z]+(-[a-z]+)*";
  private static final List<String> SHORT = List.of("-h");

  static Collection<Command> commands() {
    return CommandLineDoor.open(System.out, System.err).commands().values();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void namesAreInKebabCaseAndAllOptionsAreDescribed(Command command) {
    CommandSpec spec = command.spec();
    assertThat(spec.name()).isEqualTo(command.name()).matches(WORD);
    assertThat(command.summary()).matches("(?s)[A-Z].*\\.").hasSizeLessThan(200);
    assertThat(spec.options())
        .isNotEmpty()
        .flatExtracting(option -> Arrays.asList(option.names()))
        .allMatch(name -> name.matches(OPTION) || SHORT.contains(name));
    assertThat(spec.args()).allSatisfy(CommandHelpTest::isDescribed);
    assertThat(spec.options()).extracting(OptionSpec::longestName).contains("--help", "--debug");
  }

  private static void isDescribed(ArgSpec argument) {
    assertThat(String.join("", argument.description())).as(argument.toString()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpHasExamplesThatFitAPage(Command command) {
    assertThat(command.spec().usageMessage().footer())
        .anyMatch(line -> line.contains("millrace " + command.name()))
        .allMatch(line -> line.length() <= 100);
    assertThat(help(command.name()).lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void helpListsAllCommandsByGroup() {
    String help = help();
    assertThat(commands())
        .allSatisfy(c -> assertThat(help).containsPattern("(?m)^  " + c.name() + " +[A-Z]"));
    assertThat(Stream.of(CommandGroup.values()).map(group -> help.indexOf(group.heading() + ":\n")))
        .isSorted()
        .doesNotContain(-1);
    assertThat(help.lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void helpOfRunListsExitStatuses() {
    assertThat(help("run")).contains("Exit status:").containsPattern("130 +Stopped by Ctrl-C");
  }

  private static String help(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String[] all = Arrays.copyOf(words, words.length + 1);
    all[words.length] = "--help";
    int status =
        CommandLineDoor.open(new PrintStream(out, true, UTF_8), new PrintStream(out, true, UTF_8))
            .run(all);
    assertThat(status).isEqualTo(Status.DONE);
    return out.toString(UTF_8);
  }
}
