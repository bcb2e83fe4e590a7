package io.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.testing.Launched;
import io.millrace.jobs.testing.Launched.Ended;
import io.millrace.jobs.testing.RealData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a person gets wrong, through the launcher: a sentence and the right exit status. Takes about
 * 30 s: a process for each mistake.
 */
class MisuseIT {
  private static final String NOBODY = "65534";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "plan",
        "show",
        "synthesize",
        "fetch",
        "ingest",
        "stats",
        "train",
        "evaluate"
      })
  void everyCommandHasHelpWithAnExample(String command) throws Exception {
    Ended help = Launched.millrace(folder, command, "--help").run().expecting(0);
    assertThat(help.out())
        .contains("Usage: millrace " + command)
        .containsPattern("Examples?:\\R  millrace " + command);
    assertThat(help.err()).isEmpty();
  }

  @Test
  void reportsFiveMistakesWithFileAndLine() throws Exception {
    Files.writeString(
        folder.resolve("bad.conf"),
        """
        pipeline = bad
        workspace = "ws"
        stages {
          shards { job = ingest, source { format = cifar11, path = "/no/such/place" } }
          stats  { job = stats, shards = "@shrads", split = train }
          model  { job = train, shards = "@shards", stats = "@stats", workers = umpteen,
                   colour = red }
          x      { job = teleport }
        }
        """);
    Ended refused = Launched.millrace(folder, "run", "bad.conf").run().expecting(2);
    assertThat(refused.err())
        .containsPattern("bad.conf:4: .*cifar11")
        .containsPattern("bad.conf:5: .*shrads")
        .containsPattern("bad.conf:6: .*umpteen")
        .containsPattern("bad.conf:7: .*colour")
        .containsPattern("bad.conf:8: .*teleport");
    assertThat(refused.out()).isEmpty();
    assertThat(folder.resolve("ws")).doesNotExist();

    Map<String, Object> json =
        Launched.millrace(folder, "run", "bad.conf", "--json").run().expecting(2).json();
    assertThat(json).containsEntry("outcome", "failed").containsKeys("pipeline", "error");
    assertThat((List<?>) json.get("problems")).hasSizeGreaterThanOrEqualTo(5);
  }

  @Test
  void reportsMissingFileAndFolderAsConfigurationMistakes() throws Exception {
    assertThat(Launched.millrace(folder, "run", "no.conf").run().expecting(2).err())
        .contains("no.conf")
        .hasLineCount(1);
    assertThat(Launched.millrace(folder, "plan", ".").run().expecting(2).err())
        .contains("folder")
        .hasLineCount(1);
    assertThat(Launched.millrace(folder, "show", "nowhere").run().expecting(2).err())
        .contains("nowhere")
        .hasLineCount(1);
  }

  @Test
  void reportsFolderThatIsNoArtifact() throws Exception {
    Map<String, Object> json =
        Launched.millrace(folder, "show", ".", "--json").run().expecting(1).json();
    assertThat((String) json.get("error")).startsWith("Cannot show .: it is not an artifact");
  }

  @Test
  void suggestsCorrectionsForUnknownWords() throws Exception {
    assertThat(Launched.millrace(folder, "ingest", "--formt", "cifar10").run().expecting(2).err())
        .contains("--formt")
        .contains("--format")
        .contains("millrace ingest --help");
    assertThat(Launched.millrace(folder, "rum").run().expecting(2).err())
        .contains("rum")
        .contains("millrace --help");
    assertThat(Launched.millrace(folder).run().expecting(2).err()).contains("millrace --help");
    Map<String, Object> json =
        Launched.millrace(folder, "run", "--json", "--wrong").run().expecting(2).json();
    assertThat(json).containsEntry("outcome", "failed");
  }

  @Test
  void reportsEveryMistakeInTheFlagsOfAJob() throws Exception {
    Ended refused =
        Launched.millrace(
                folder, "ingest", "--format", "cifar11", "--path", "no/where", "--shard-bytes", "x")
            .run()
            .expecting(2);
    assertThat(refused.err()).contains("--output", "cifar11", "--shard-bytes");
    assertThat(refused.err()).endsWith(" mistakes; nothing was run.\n");
  }

  @Test
  void failsRunInUnwritableWorkspace() throws Exception {
    if (!System.getProperty("user.name").equals("root")
        || !Files.isExecutable(Path.of("/usr/bin/setpriv"))) {
      RealData.missingTool("only root with /usr/bin/setpriv can start a command as somebody else");
    }
    TinyPipeline.in(folder);
    folder.toFile().setExecutable(true, false);
    folder.toFile().setReadable(true, false);
    folder.resolve("tiny.conf").toFile().setReadable(true, false);
    Ended failed =
        Launched.millrace(folder, "run", "tiny.conf")
            .behind("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups")
            .run()
            .expecting(1);
    assertThat(failed.err()).startsWith("Cannot ").contains("permission denied").hasLineCount(1);
  }

  @Test
  void refusesOtherJavaVersionInOneSentence() throws Exception {
    Path jdk = Files.createDirectories(folder.resolve("jdk/bin")).getParent();
    Files.writeString(jdk.resolve("bin/java"), "#!/bin/sh\nexit 9\n").toFile().setExecutable(true);
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    Ended refused =
        Launched.millrace(folder, "--version")
            .with(Map.of("JAVA_HOME", jdk.toString()))
            .run()
            .expecting(2);
    assertThat(refused.err()).contains("needs Java 17").contains("is Java 11").hasLineCount(1);
  }
}
