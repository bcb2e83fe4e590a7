package io.millrace.jobs.session;

import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.cli.TinyPipeline;
import io.millrace.jobs.docs.CodeBlock;
import io.millrace.jobs.docs.MarkdownPage;
import io.millrace.jobs.testing.Launched;
import io.millrace.jobs.testing.Launched.Ended;
import io.millrace.jobs.testing.RealData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of {@code docs/scripting.md}, typed into a real spark-shell and a real PySpark; the
 * pipeline file that they name holds a smaller one here. Takes about 30 s each: a compiler and a
 * training.
 */
class ShellsIT {
  @TempDir Path folder;

  @BeforeEach
  void whatThePageNames() throws Exception {
    for (int i = 0; i < 4; i++) {
      file(folder.resolve("pictures/cat/" + i + ".jpg"), jpeg(i));
      file(folder.resolve("pictures/dog/" + i + ".jpg"), jpeg(10 + i));
    }
    Files.move(
        TinyPipeline.in(folder),
        Files.createDirectory(folder.resolve("conf")).resolve("quickstart.conf"));
  }

  @Test
  void sparkShellRunsTheExampleOfThePage() throws Exception {
    Path script = folder.resolve("page.scala");
    Files.writeString(
        script, example("scala") + "\nprintln(spark.range(3).count)\nSystem.exit(0)\n");
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of("--class", "org.apache.spark.repl.Main", "--jars", Launched.assembledJar()));
    arguments.addAll(List.of("--conf", "spark.ui.enabled=false"));
    arguments.addAll(List.of("--conf", "spark.driver.host=127.0.0.1"));
    arguments.addAll(List.of("--driver-java-options", "-Dscala.usejavacp=true"));
    arguments.addAll(List.of("spark-shell", "-usejavacp", "-i", script.toString()));
    Ended shell = Launched.sparkSubmit(folder, shellJars(), arguments).run();

    assertThat(shell.status()).as("%s", shell).isZero();
    assertThat(shell.out()).doesNotContain("error:");
    assertThat(shell.out().lines())
        .contains("|    0|    4|", "|    1|    4|")
        .anyMatch(line -> line.startsWith("stats ran mean "))
        .anyMatch(line -> line.matches("0\\.\\d+"))
        .anyMatch(line -> line.matches("[0-9a-f]{64}"))
        .endsWith("3");
    assertThat(shell.out()).contains("--shrads: there is no such key; did you mean 'shards'?");
  }

  @Test
  void pySparkRunsTheExampleOfThePage() throws Exception {
    Path python = RealData.ownPython("pyspark");
    Path script = folder.resolve("page.py");
    Files.writeString(
        script,
        "from pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()\n"
            + example("python")
            + """
            try:
                call("stats", "split = tarin, shrads = 1", "stats")
            except RuntimeError as mistakes:
                print(mistakes)
            print(spark.range(3).count())
            spark.stop()
            """);
    Ended shell =
        Launched.command(folder, List.of(python.toString(), script.toString()))
            .with(
                Map.of(
                    "PYSPARK_SUBMIT_ARGS",
                    "--master local[2] --jars " + Launched.assembledJar() + " pyspark-shell",
                    "JAVA_HOME",
                    System.getProperty("java.home")))
            .run();

    assertThat(shell.status()).as("%s", shell).isZero();
    assertThat(shell.out().lines())
        .contains("|    0|    4|", "|    1|    4|")
        .anyMatch(line -> line.startsWith("stats ran mean "))
        .anyMatch(line -> line.matches("0\\.\\d+"))
        .anyMatch(line -> line.matches("millrace run .*resolved\\.conf --only model"))
        .endsWith("3");
    assertThat(shell.out()).contains("--shrads: there is no such key; did you mean 'shards'?");
  }

  private static String example(String language) {
    return MarkdownPage.read(MarkdownPage.ROOT.resolve("docs/scripting.md")).code().stream()
        .filter(block -> block.language().equals(language))
        .map(CodeBlock::text)
        .collect(Collectors.joining());
  }

  /** What a stock Spark has for its shell. */
  private static List<String> shellJars() throws Exception {
    List<String> jars = new ArrayList<>();
    for (String type :
        List.of(
            "org.apache.spark.repl.Main",
            "scala.tools.nsc.Global",
            "jline.console.ConsoleReader")) {
      Class<?> found = Class.forName(type, false, ShellsIT.class.getClassLoader());
      jars.add(
          Path.of(found.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return jars;
  }
}
