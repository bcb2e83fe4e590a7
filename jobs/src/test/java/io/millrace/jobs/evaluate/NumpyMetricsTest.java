package io.millrace.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.jobs.testing.RealData;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures against numpy's, computed from the same probabilities by other means. */
class NumpyMetricsTest {
  private static final int IMAGES = 3_000;
  private static final int CLASSES = 11;
  private static final int TOP = 3;
  private static final int LISTED = 15;

  @TempDir private Path folder;

  @Test
  void figuresEqualThoseOfNumpy() throws Exception {
    Predictions predictions = Predictions.drawn(IMAGES, CLASSES, 42);
    List<String> names = IntStream.range(0, CLASSES).mapToObj(c -> "class " + c).toList();
    JsonNode numpy = numpy(predictions);
    Evaluation ours = Evaluation.of(predictions.tally(TOP, LISTED), names);

    assertThat(ours.images()).isEqualTo(numpy.get("images").asLong());
    assertThat(ours.unlabelled()).isEqualTo(numpy.get("unlabelled").asLong());
    assertThat(ours.accuracy()).isCloseTo(numpy.get("accuracy").asDouble(), within(1e-12));
    assertThat(ours.topKAccuracy()).isCloseTo(numpy.get("top").asDouble(), within(1e-12));
    assertThat(ours.loss()).isCloseTo(numpy.get("loss").asDouble(), within(1e-8));
    assertThat(Calibration.expectedError(ours.calibration()))
        .isCloseTo(numpy.get("ece").asDouble(), within(1e-7));
    for (int i = 0; i < CLASSES; i++) {
      assertSame(ours.classes().get(i).precision(), numpy.get("precision").get(i));
      assertSame(ours.classes().get(i).recall(), numpy.get("recall").get(i));
      assertSame(ours.classes().get(i).f1(), numpy.get("f1").get(i));
      for (int j = 0; j < CLASSES; j++) {
        assertThat(ours.confusion()[i][j]).isEqualTo(numpy.get("confusion").get(i).get(j).asLong());
      }
    }
    assertThat(ours.mistakes().stream().map(Verdict::position))
        .containsExactlyElementsOf(positions(numpy.get("mistakes")));
    assertThat(ours.leastSure().stream().map(Verdict::position))
        .containsExactlyElementsOf(positions(numpy.get("least_sure")));
  }

  private static void assertSame(OptionalDouble ours, JsonNode numpy) {
    assertThat(ours.isEmpty()).isEqualTo(numpy.isNull());
    ours.ifPresent(value -> assertThat(value).isCloseTo(numpy.asDouble(), within(1e-12)));
  }

  private static List<Long> positions(JsonNode array) {
    return IntStream.range(0, array.size()).mapToObj(i -> array.get(i).asLong()).toList();
  }

  private JsonNode numpy(Predictions predictions) throws Exception {
    ByteBuffer labels = ByteBuffer.allocate(4 * IMAGES).order(ByteOrder.LITTLE_ENDIAN);
    labels.asIntBuffer().put(predictions.labels());
    ByteBuffer rows = ByteBuffer.allocate(4 * IMAGES * CLASSES).order(ByteOrder.LITTLE_ENDIAN);
    rows.asFloatBuffer().put(predictions.probabilities());
    Files.write(folder.resolve("labels"), labels.array());
    Files.write(folder.resolve("probabilities"), rows.array());
    Path script = folder.resolve("metrics.py");
    try (InputStream in = NumpyMetricsTest.class.getResourceAsStream("metrics.py")) {
      Files.copy(in, script);
    }
    Process process =
        new ProcessBuilder(
                RealData.python("numpy").toString(),
                script.toString(),
                folder.toString(),
                "" + CLASSES,
                "" + TOP,
                "" + LISTED)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    // All of it: a reader that stops at the closing bracket breaks the pipe under Python.
    byte[] printed = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
    return new ObjectMapper().readTree(printed);
  }
}
