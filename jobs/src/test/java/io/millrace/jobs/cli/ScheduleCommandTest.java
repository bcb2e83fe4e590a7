package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  private int run(String... arguments) {
    out.reset();
    err.reset();
    return CommandLineDoor.open(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(arguments);
  }

  @Test
  void printsValuesAtEqualDistances() throws Exception {
    String schedule = "{ cosine { epochs = 10, lr = 0.1, warm-up = 1 } }";
    assertThat(run("schedule", "--schedule", schedule, "--steps", "20", "--json")).isZero();
    JsonNode values = new ObjectMapper().readTree(out.toByteArray());
    assertThat(values).hasSize(20);
    assertThat(values.get(0).path("lr").asDouble()).isZero();
    assertThat(values.get(1).path("epoch").asDouble()).isEqualTo(0.5);
    assertThat(values.get(1).path("lr").asDouble()).isCloseTo(0.05, within(1e-12));
    assertThat(values.get(2).path("lr").asDouble()).isCloseTo(0.1, within(1e-12));
    assertThat(values.get(11).path("lr").asDouble()).isCloseTo(0.05, within(1e-12));
    assertThat(values.get(5).path("momentum").asDouble()).isEqualTo(0.9);
  }

  @Test
  void drawsEveryTrainStageOfAFile() throws Exception {
    String conf = TinyPipeline.in(folder).toString();
    assertThat(run("schedule", conf)).isZero();
    assertThat(out.toString(UTF_8))
        .startsWith("model: one-cycle, 1.000 epochs\n")
        .contains("learning rate", "momentum", "0.05000 |", "*");
    assertThat(run("schedule", conf, "--json", "--steps", "4")).isZero();
    JsonNode byStage = new ObjectMapper().readTree(out.toByteArray());
    assertThat(byStage.path("model")).hasSize(4);
  }

  @Test
  void refusesScheduleThatIsNone() throws Exception {
    assertThat(run("schedule", "--schedule", "{ cosine { epochs = 2 } }")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("lr", "is missing");
    assertThat(run("schedule", "--schedule", "{ cosine { ")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--schedule", "HOCON");
    assertThat(run("schedule")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("give a pipeline file, or --schedule");
    String conf = TinyPipeline.in(folder).toString();
    assertThat(run("schedule", conf, "--schedule", "{ constant { epochs = 1, lr = 1 } }"))
        .isEqualTo(2);
    assertThat(run("schedule", conf, "--stage", "test")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("there is no train stage 'test'");
  }
}
