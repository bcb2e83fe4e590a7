package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryCommandTest {
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
  void tellsLayersWithTrueMultiplyAdds() throws Exception {
    String conf = TinyPipeline.in(folder).toString();
    assertThat(run("summary", conf, "--input", "3x32x32", "--classes", "10")).isZero();
    assertThat(out.toString(UTF_8))
        .startsWith("model\n\n| layer")
        .contains("| convolution 3x3", "multiply-adds an image", "a minibatch of 10 images takes ");
    assertThat(run("summary", conf, "--input", "3x32x32", "--classes", "10", "--json")).isZero();
    JsonNode model = new ObjectMapper().readTree(out.toByteArray()).path("model");
    long adds = 0;
    long weights = 0;
    for (JsonNode layer : model.path("layers")) {
      adds += layer.path("multiply-adds").asLong();
      weights += layer.path("weights").asLong();
    }
    assertThat(model.path("multiply-adds").asLong()).isEqualTo(adds);
    assertThat(model.path("weights").asLong()).isEqualTo(weights);
    JsonNode first = model.path("layers").get(0);
    long grid = first.path("output").get(1).asLong() * first.path("output").get(2).asLong();
    assertThat(first.path("multiply-adds").asLong())
        .as("3 channels to 4 by a kernel of 3 x 3")
        .isEqualTo(4 * 3 * 9 * grid);
  }

  @Test
  void saysWhatIsMissingWhereNothingIsMadeYet() throws Exception {
    String conf = TinyPipeline.in(folder).toString();
    assertThat(run("summary", conf)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("@shards is not made yet; give --input and --classes");
    assertThat(run("summary", conf, "--input", "32x32", "--classes", "10")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("'32x32' is not a shape");
    assertThat(run("summary", conf, "--input", "3x32x32")).isEqualTo(2);
    assertThat(run("summary", conf, "--input", "3x32x32", "--classes", "many")).isEqualTo(2);
  }
}
