package io.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Spark's settings from a file, where nobody else sees them. */
class SparkPropertiesTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("spark.properties"), text);
  }

  private static ParseResult parsed(String... arguments) {
    CommandSpec spec = CommandSpec.create();
    Options.spark().forEach(spec::addOption);
    return new CommandLine(spec).parseArgs(arguments);
  }

  private static Map<String, String> settings(String... arguments) {
    return Options.settings(parsed(arguments));
  }

  /** A pipe can be read only once. */
  @Test
  void readsFileOncePerCommand() throws IOException {
    Path file = file("spark.authenticate.secret s");
    ParseResult command = parsed("--properties-file", file.toString());
    Map<String, String> first = Options.settings(command);
    Files.delete(file);
    assertThat(Options.settings(command))
        .isEqualTo(first)
        .containsEntry("spark.authenticate.secret", "s");
  }

  @Test
  void readsFileAsSparkSubmitDoesAndCommandLineWins() throws IOException {
    Path file =
        file(
            """
            # of the site
            spark.authenticate true
            spark.authenticate.secret = s p a c e\s\s
            spark.executor.memory: 4g
            spark.master spark://far:7077
            """);
    assertThat(settings("--properties-file", file.toString(), "--conf", "spark.executor.memory=8g"))
        .containsOnly(
            Map.entry("spark.authenticate", "true"),
            Map.entry("spark.authenticate.secret", "s p a c e"),
            Map.entry("spark.executor.memory", "8g"),
            Map.entry("spark.master", "spark://far:7077"));
    assertThat(settings("--properties-file", file.toString(), "--master", "local[2]"))
        .containsEntry("spark.master", "local[2]");
  }

  @Test
  void reportsMistakesTogetherWithoutShowingValues() throws IOException {
    Path file = file("authenticate.secret hidden\nexecutor.memory 4g\n");
    assertThatThrownBy(() -> settings("--properties-file", file.toString()))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::message)
                    .containsExactlyInAnyOrder(
                        "the key 'authenticate.secret' in " + file + " does not begin with spark.",
                        "the key 'executor.memory' in " + file + " does not begin with spark."));
    Path none = folder.resolve("none");
    for (Path wrong : List.of(none, folder)) {
      assertThatThrownBy(() -> settings("--properties-file", wrong.toString()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(wrong + " is not there");
    }
    Path odd = file("spark.a \\u00zz\n");
    assertThatThrownBy(() -> settings("--properties-file", odd.toString()))
        .hasMessageContaining(odd + " can't be read as properties");
  }
}
