package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script, asked by a real bash in the way that the Tab key asks it. */
class CompletionTest {
  private static final String ASK =
      """
      source "$0"
      COMP_WORDS=("$@")
      COMP_CWORD=$(($# - 1))
      _complete_millrace
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir Path folder;
  private Path script;

  @BeforeEach
  void print() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, UTF_8);
    assertThat(CommandLineDoor.open(stream, System.err).run("completion")).isEqualTo(Status.DONE);
    script = Files.write(folder.resolve("completion"), out.toByteArray());
  }

  @Test
  void completesCommandsOptionsAndValues() throws Exception {
    assertThat(completed("millrace", "ru")).containsExactly("run");
    assertThat(completed("millrace", ""))
        .containsAll(CommandHelpTest.commands().stream().map(Command::name).toList());
    assertThat(completed("sbin/millrace", "run", "--par")).containsExactly("--parallel");
    assertThat(completed("millrace", "ingest", "--source.f")).containsExactly("--source.format");
    assertThat(completed("millrace", "ingest", "--format", "cifar"))
        .containsExactlyInAnyOrder("cifar10", "cifar100");
    assertThat(completed("millrace", "ingest", "--store", "p")).containsExactly("png");
  }

  @Test
  void leavesPathsToBash() throws Exception {
    assertThat(completed("millrace", "run", "conf/")).containsExactly("");
    assertThat(completed("millrace", "ingest", "--path", "x")).containsExactly("");
    assertThat(bash("source \"$0\"; complete -p millrace"))
        .containsExactly("complete -o default -F _complete_millrace millrace");
  }

  private List<String> completed(String... words) throws Exception {
    return bash(ASK, words);
  }

  private List<String> bash(String text, String... words) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", text, script.toString());
    builder.command().addAll(List.of(words));
    Process bash = builder.redirectErrorStream(true).start();
    List<String> lines = new String(bash.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return lines;
  }
}
