package io.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.docs.MarkdownPage;
import io.millrace.pipeline.job.JobCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The commands and flags that the documentation shows are those that there are. */
class ShownCommandsTest {
  /** Of {@code millrace} itself. */
  private static final Set<String> OWN = Set.of("-h", "--help", "-V", "--version");

  private static final Pattern FLAG = Pattern.compile("\\[?(--?[A-Za-z][\\w.-]*).*");

  /** What a reader puts something else in place of. */
  private static final String PLACEHOLDER = "[A-Z_]+|\\.+";

  private static final String OUR_FILE = "conf/[\\w-]+\\.conf";

  private final Map<String, Set<String>> flags = new HashMap<>();

  ShownCommandsTest() {
    for (Command command : CommandHelpTest.commands()) {
      Set<String> names = new HashSet<>();
      command.spec().options().forEach(option -> names.addAll(List.of(option.names())));
      flags.put(command.name(), names);
      command.also().forEach(spelling -> flags.put(spelling, names));
    }
  }

  @Test
  void documentedCommandsAndFlagsExist() throws IOException {
    List<String> problems = new ArrayList<>();
    Set<String> shown = new HashSet<>();
    for (MarkdownPage page : MarkdownPage.all()) {
      for (ShownCommand command : commands(page)) {
        command.words().stream().findFirst().ifPresent(shown::add);
        problems(command).forEach(it -> problems.add(page.name() + ": " + it));
      }
    }
    assertThat(shown).contains("run", "plan", "ingest", "train", "list");
    assertThat(problems).as("what the command line does not take").isEmpty();
  }

  @Test
  void findsUnknownCommandsAndFlags() {
    assertThat(problems("    sbin/millrace run conf/quickstart.conf --paralel 2"))
        .containsExactly("run has no --paralel");
    assertThat(problems("    sbin/millrace ingest \\\n        --formt=lsun --path x"))
        .containsExactly("ingest has no --formt");
    assertThat(problems("```\n$ X='a b' sbin/millrace rn x\n```"))
        .containsExactly("there is no command rn");
    assertThat(problems("As `sbin/millrace\nplan conf/none.conf` does"))
        .containsExactly("conf/none.conf is not there");
    assertThat(problems("    spark-submit --master yarn build/millrace.jar run x --jsn"))
        .containsExactly("run has no --jsn");
    assertThat(problems("`sbin/millrace ... --none`")).containsExactly("... has no --none");
  }

  @Test
  void acceptsKnownCommandsAndFlags() {
    assertThat(
            problems(
                """
                `millrace --version` and `sbin/millrace JOB --help`

                    source <(sbin/millrace completion)         # not --a flag
                    next: sbin/millrace predict --model M --path DIR --output labels.csv | head
                    sbin/millrace train --augment '[{ pad-reflect = 4 }, { flip {} }]' --lr 0.2; ls --all
                    sbin/millrace run FILE [--json] --force[=STAGE] --set params.epochs=1
                    sbin/millrace synthesise --train 400
                """))
        .isEmpty();
  }

  @Test
  void theCommandThatARunEndsWithIsThere() {
    List<List<String>> told =
        JobCatalogue.installed().all().stream()
            .map(job -> job.nextCommand("work/model"))
            .filter(words -> !words.isEmpty())
            .toList();
    assertThat(told)
        .isNotEmpty()
        .allSatisfy(
            words ->
                assertThat(problems("    sbin/millrace " + String.join(" ", words))).isEmpty());
  }

  private List<String> problems(String text) {
    MarkdownPage page = MarkdownPage.of(MarkdownPage.ROOT.resolve("README.md"), text);
    return commands(page).stream().flatMap(command -> problems(command).stream()).toList();
  }

  private static List<ShownCommand> commands(MarkdownPage page) {
    return Stream.of(page.blocks(), page.spans())
        .flatMap(Collection::stream)
        .flatMap(line -> ShownCommand.in(line).stream())
        .toList();
  }

  private List<String> problems(ShownCommand shown) {
    List<String> problems = new ArrayList<>();
    if (shown.words().isEmpty()) {
      return problems;
    }
    String name = shown.words().get(0);
    Optional<Set<String>> taken = taken(name);
    if (taken.isEmpty()) {
      return List.of("there is no command " + name);
    }
    for (String word : shown.words()) {
      Matcher flag = FLAG.matcher(word);
      if (word.matches(OUR_FILE) && !Files.exists(MarkdownPage.ROOT.resolve(word))) {
        problems.add(word + " is not there");
      } else if (flag.matches() && !taken.get().contains(flag.group(1))) {
        problems.add(name + " has no " + flag.group(1));
      }
    }
    return problems;
  }

  /** The flags that may follow a word; empty if it is no command. */
  private Optional<Set<String>> taken(String word) {
    if (word.startsWith("-")) {
      return Optional.of(OWN);
    }
    if (word.matches(PLACEHOLDER)) {
      return Optional.of(flags.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
    }
    return Optional.ofNullable(flags.get(word));
  }
}
