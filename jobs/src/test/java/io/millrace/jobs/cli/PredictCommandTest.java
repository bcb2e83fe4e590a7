package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.testing.SmallModel;
import io.millrace.jobs.testing.SmallSources;
import io.millrace.pipeline.store.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace predict}: what it says and ends with. */
class PredictCommandTest {
  private static final int SIDE = 32;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private static Path base;
  private static SmallModel small;

  @TempDir Path folder;
  private Path pictures;
  private Path csv;

  @BeforeAll
  static void train() throws Exception {
    small = SmallModel.in(base, 3);
  }

  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  @BeforeEach
  void makePictures() throws Exception {
    pictures = folder.resolve("pictures");
    csv = folder.resolve("labels.csv");
    SmallSources.file(pictures.resolve("a.png"), SmallSources.png(1, SIDE, SIDE));
    SmallSources.file(pictures.resolve("b/c.png"), SmallSources.png(2, 48, 64));
    SmallSources.file(pictures.resolve("notes.txt"), "text".getBytes(UTF_8));
  }

  @Test
  void printsSummaryOfPredictions() {
    assertThat(predict(csv)).isZero();
    assertThat(out.toString(UTF_8))
        .startsWith("class")
        .contains("resized to 32x32: 1, from 64x48 (1)\n")
        .contains("not readable: 1 of 3 files, no picture file (1, first notes.txt)\n")
        .contains("2 pictures in " + csv + " (");
    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(csv).content(UTF_8).startsWith("id,label,class,probability,top-k,error\na.png,");
  }

  @Test
  void printsOneJsonObject() throws Exception {
    assertThat(predict(csv, "--json", "--top", "1")).isZero();
    assertThat(JsonText.object(out.toByteArray()))
        .containsEntry("outcome", "succeeded")
        .containsEntry("files", 3L)
        .containsEntry("predicted", 2L)
        .containsEntry("unreadable", 1L)
        .containsEntry("resized", 1L)
        .containsEntry("output", csv.toString())
        .containsEntry("input", List.of(3L, 32L, 32L))
        .containsEntry("sizes", List.of(Map.of("height", 48L, "width", 64L, "pictures", 1L)))
        .containsEntry(
            "reasons",
            List.of(Map.of("reason", "no picture file", "files", 1L, "first", "notes.txt")));
  }

  @Test
  void strictFailsButWritesTheOutput() throws Exception {
    assertThat(predict(csv, "--strict", "--json")).isEqualTo(1);
    String sentence =
        "Cannot read 1 of 3 files: no picture file (1, first notes.txt); their lines in "
            + csv
            + " say so";
    assertThat(err.toString(UTF_8)).isEqualTo(sentence + "\n");
    assertThat(JsonText.object(out.toByteArray()))
        .containsEntry("outcome", "failed")
        .containsEntry("error", sentence)
        .containsEntry("predicted", 2L);
    assertThat(Files.readAllLines(csv)).hasSize(4);
    Files.delete(pictures.resolve("notes.txt"));
    assertThat(predict(csv, "--strict", "--overwrite")).isZero();
  }

  @Test
  void reportsAllMistakesOfTheCommandLineTogether() {
    assertThat(run("--path", "nowhere", "--top", "0", "--batch", "many")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .contains("--model: must be given")
        .contains("--path: 'nowhere' is not there (looked for ")
        .contains("--output: must be given")
        .contains("--top: '0' is not a whole number from 1")
        .contains("--batch: 'many' is not a whole number")
        .contains("5 mistakes");
  }

  @Test
  void namesFolderThatIsNoModel() throws Exception {
    String path = pictures.toString();
    assertThat(run("--model", path, "--path", path, "--output", csv.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "Cannot open the model at "
                + pictures
                + ": there is no model.json; give the folder of a trained model, which the last line"
                + " of a run (next: ...) names\n");
    Path shapes = folder.resolve("shapes");
    assertThat(door("synthesize", "--train", "5", "--test", "1", "--output", shapes.toString()))
        .isZero();
    assertThat(run("--model", shapes.toString(), "--path", path, "--output", csv.toString()))
        .isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "Cannot open the model at "
                + shapes
                + ": it is what synthesize made (6 pictures of 10 classes), not a model; give the"
                + " folder of a trained model, which the last line of a run (next: ...) names\n");
    assertThat(csv).doesNotExist();
  }

  private int predict(Path output, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--model",
                small.model().toString(),
                "--path",
                pictures.toString(),
                "--output",
                output.toString(),
                "--master",
                "local[2]"));
    all.addAll(List.of(more));
    all.add("--quiet");
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("predict"));
    all.addAll(List.of(arguments));
    return door(all.toArray(String[]::new));
  }

  private int door(String... arguments) {
    out.reset();
    err.reset();
    return CommandLineDoor.open(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(arguments);
  }
}
