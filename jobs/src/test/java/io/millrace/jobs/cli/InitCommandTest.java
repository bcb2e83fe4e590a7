package io.millrace.jobs.cli;

import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.idxLabels;
import static io.millrace.jobs.testing.SmallSources.idxPictures;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static io.millrace.jobs.testing.SmallSources.png;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.testing.RealData;
import io.millrace.pipeline.store.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace init}: what it writes is run as it is. */
class InitCommandTest {
  private static final String MASTER = "local[2]";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  @Test
  void resizesClassFoldersAndEvaluatesOnHeldOutPart() throws Exception {
    Path data = folder.resolve("real");
    for (String synset : List.of("n01440764", "n03000684")) {
      Path from = RealData.path("imagenet-mini/train/" + synset);
      try (Stream<Path> all = Files.list(from)) {
        for (Path picture : all.sorted().limit(10).toList()) {
          file(data.resolve(synset + "s/" + picture.getFileName()), Files.readAllBytes(picture));
        }
      }
    }
    Path file = init(data);
    assertThat(file)
        .content()
        .contains("format = folder", "resize { shorter = 64, crop = 64 }", "flip = horizontal")
        .contains("validation = 20%", "portion = held-out");
    List<Map<String, Object>> stages = run(file);
    assertThat(stages).extracting(it -> it.get("job")).contains("train", "evaluate");
    Map<String, Object> evaluated = metrics(stages, "evaluate");
    assertThat((long) evaluated.get("images")).isBetween(1L, 19L);
    assertThat(evaluated.get("accuracy"))
        .isEqualTo(metrics(stages, "train").get("validation-accuracy"));
  }

  @Test
  void digitsKeepTheirSizeAndAreNotFlipped() throws Exception {
    Path data = folder.resolve("digits");
    for (String part : List.of("train", "t10k")) {
      byte[] pixels = new byte[30 * 144];
      new Random(part.length()).nextBytes(pixels);
      int[] labels = new Random(2).ints(30, 0, 3).toArray();
      file(data.resolve(part + "-images-idx3-ubyte"), idxPictures(30, 12, 12, pixels));
      file(data.resolve(part + "-labels-idx1-ubyte"), idxLabels(30, labels));
    }
    Path file = init(data);
    assertThat(file)
        .content()
        .contains("format = idx", "portion = test")
        .doesNotContain("resize", "flip", "validation");
    assertThat(metrics(run(file), "evaluate").get("images")).isEqualTo(30L);
  }

  @Test
  void writesRunnablePipelineForThreePictures() throws Exception {
    Path data = folder.resolve("three");
    file(data.resolve("a/1.png"), png(1, 9, 9));
    file(data.resolve("b/1.png"), png(2, 9, 9));
    file(data.resolve("b/2.png"), png(3, 9, 9));
    assertThat(metrics(run(init(data)), "evaluate")).containsKey("accuracy");
  }

  @Test
  void runsDespiteDamagedFilesAmongFew() throws Exception {
    Path data = folder.resolve("damaged");
    for (int i = 0; i < 6; i++) {
      file(data.resolve((i % 2) + "x/" + i + ".jpg"), jpeg(i));
    }
    file(data.resolve("0x/notes.txt"), "no picture".getBytes(UTF_8));
    Path file = init(data);
    assertThat(file).content().contains("max-quarantine = ");
    run(file);
  }

  @Test
  void sizesTrainingByPicturesAmongOtherFiles() throws Exception {
    Path data = folder.resolve("mixed");
    for (int i = 0; i < 20; i++) {
      file(data.resolve((i % 2) + "x/" + i + ".png"), png(i, 8, 8));
      for (String other : List.of("a.ogg", "b.ogg", "c.txt")) {
        file(data.resolve((i % 2) + "x/" + i + other), "no picture".getBytes(UTF_8));
      }
    }
    String mixed = Files.readString(init(data));
    assertThat(err.toString(UTF_8)).contains("Pictures: about 20 among 80 files in train.");
    Path alone = folder.resolve("alone");
    for (int i = 0; i < 20; i++) {
      file(alone.resolve((i % 2) + "x/" + i + ".png"), png(i, 8, 8));
    }
    String of = "(?s).*(batch = \\d+).*";
    assertThat(mixed.replaceFirst(of, "$1"))
        .isEqualTo(Files.readString(init(alone)).replaceFirst(of, "$1"));
    assertThat(err.toString(UTF_8)).contains("Pictures: 20 in train.");
  }

  @Test
  void saysWhyOneClassOrNoLabelsAreNotTrainedOn() throws Exception {
    Path one = folder.resolve("one");
    file(one.resolve("cats/1.png"), png(1, 8, 8));
    file(one.resolve("cats/2.png"), png(2, 8, 8));
    Path none = folder.resolve("none");
    file(none.resolve("first.png"), png(1, 8, 8));
    file(none.resolve("second.png"), png(2, 16, 8));

    assertThat(jobs(run(init(one)))).containsExactly("ingest", "stats");
    assertThat(init(one, "--overwrite", "--to", folder.resolve("b.conf").toString()))
        .content()
        .contains("all pictures are of one class");
    Path file = init(none);
    assertThat(err.toString(UTF_8))
        .contains(
            "Nothing is trained: the pictures have no labels: put them into a folder for each class");
    assertThat(jobs(run(file))).containsExactly("ingest", "stats");
  }

  @Test
  void takesLabelFilesAndOffersDoubtfulChoices() throws Exception {
    Path data = folder.resolve("faces");
    StringBuilder lines = new StringBuilder("image,mood,age\n");
    for (int i = 0; i < 8; i++) {
      file(data.resolve("train_images/" + i + ".png"), png(i, 8, 8));
      lines.append(i).append(".png,").append(i % 2 == 0 ? "glad" : "sad").append(",3\n");
    }
    file(data.resolve("test_images/x.png"), png(9, 8, 8));
    file(data.resolve("train.csv"), lines.append("9.png,sad,4\n").toString().getBytes(UTF_8));
    Path file = init(data);
    assertThat(file)
        .content()
        .contains(
            "labels.csv = ${params.data}\"/train.csv\"",
            "leave-out = [\"test_images\"]",
            "    # source.labels.label-column = \"mood\"");
    assertThat(err.toString(UTF_8))
        .contains("The column mood of train.csv is used for the classes")
        .contains("Left out, since no file of labels has an image in it: [\"test_images\"].");
    Path chosen = folder.resolve("chosen.conf");
    Files.writeString(chosen, Files.readString(file).replace("    # source.", "    source."));
    assertThat(tell("plan", chosen.toString())).as(() -> err.toString(UTF_8)).isZero();
  }

  @Test
  void escapesUnusualNames() throws Exception {
    Path data = folder.resolve("a \"b\" ${x}\n} 日本 %");
    file(data.resolve("one\n}/1.png"), png(1, 8, 8));
    file(data.resolve("two\"/1.png"), png(2, 8, 8));
    Path file = init(data);
    assertThat(tell("plan", file.toString())).isZero();
    assertThat(out.toString(UTF_8)).contains("shards", "test");
  }

  @Test
  void printsOneJsonObject() throws Exception {
    Path data = folder.resolve("pets");
    for (String name : List.of("cat.1.png", "cat.2.png", "dog.1.png", "dog.2.png")) {
      file(data.resolve(name), png(name.hashCode(), 8, 8));
    }
    Path file = folder.resolve("deep/er/p.conf");
    assertThat(tell("init", "--data", data.toString(), "--to", file.toString(), "--json")).isZero();
    assertThat(JsonText.object(out.toByteArray()))
        .containsEntry("outcome", "succeeded")
        .containsEntry("file", file.toString())
        .containsEntry("format", "folder")
        .containsEntry("classes", List.of("cat", "dog"))
        .containsEntry("pictures", Map.of("train", 4L))
        .containsEntry("trains", true)
        .containsEntry("next", "millrace run " + file);
    assertThat(file.getParent()).isDirectoryContaining(it -> it.equals(file));
    assertThat(file.getParent().toFile().list()).containsExactly("p.conf");
  }

  @Test
  void keepsExistingFileUnlessOverwriteIsGiven() throws Exception {
    Path data = folder.resolve("pets");
    file(data.resolve("a/1.png"), png(1, 8, 8));
    Path mine = Files.writeString(folder.resolve("mine.conf"), "mine");
    assertThat(tell("init", "--data", data.toString(), "--to", mine.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "Cannot write to " + mine + ": it exists; choose another file or use --overwrite\n");
    assertThat(mine).hasContent("mine");
    assertThat(tell("init", "--data", data.toString(), "--to", mine.toString(), "--overwrite"))
        .isZero();
    assertThat(mine).content().contains("job = ingest");
    assertThat(tell("init", "--data", data.toString(), "--to", "/proc/x.conf")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("Cannot write to /proc/x.conf: ");
  }

  @Test
  void reportsEachMistakeInOneSentence() throws Exception {
    assertThat(tell("init")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--data: must be given");
    assertThat(tell("init", "--data", folder + "/nowhere", "--to", "hdfs://h/x")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .contains(
            "--data: '" + folder + "/nowhere' is not there", "--to: 'hdfs://h/x' is not a local");
    Path text = file(folder.resolve("text/a.txt"), "words".getBytes(UTF_8)).getParent();
    Path to = folder.resolve("x.conf");
    assertThat(tell("init", "--data", text.toString(), "--to", to.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8)).startsWith("Cannot make a pipeline for " + text + ": no pict");
    assertThat(to).doesNotExist();
    file(folder.resolve("sets/pets/train/a/1.png"), png(1, 8, 8));
    file(folder.resolve("sets/pets/train/b/1.png"), png(1, 8, 8));
    assertThat(tell("init", "--data", folder + "/sets", "--to", to.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("try one of the folders in it: pets");
  }

  /** Writes {@code NAME.conf} unless another is given. */
  private Path init(Path data, String... more) {
    Path file = folder.resolve(data.getFileName().toString().replaceAll("\\W", "-") + ".conf");
    List<String> all =
        Stream.concat(
                Stream.of("init", "--data", data.toString(), "--to", file.toString()),
                Stream.of(more))
            .toList();
    if (more.length > 0) {
      all = Stream.concat(Stream.of("init", "--data", data.toString()), Stream.of(more)).toList();
    }
    assertThat(tell(all.toArray(String[]::new))).as(() -> err.toString(UTF_8)).isZero();
    return Path.of(out.toString(UTF_8).strip());
  }

  private List<Map<String, Object>> run(Path file) throws Exception {
    boolean trains = err.toString(UTF_8).contains("Network: ");
    String[] words = {"run", file.toString(), "--json", "--master", MASTER};
    if (trains) {
      words =
          Stream.concat(Stream.of(words), Stream.of("--set", "params.epochs=1"))
              .toArray(String[]::new);
    }
    int status = tell(words);
    // Its files lie in this run's workspace.
    SharedSpark.stop();
    assertThat(status).as(() -> err.toString(UTF_8)).isZero();
    Map<String, Object> json = JsonText.object(out.toByteArray());
    assertThat(json).containsEntry("outcome", "succeeded");
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> stages = (List<Map<String, Object>>) json.get("stages");
    return stages;
  }

  private static List<Object> jobs(List<Map<String, Object>> stages) {
    return stages.stream().map(it -> it.get("job")).toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> metrics(List<Map<String, Object>> stages, String job) {
    return stages.stream()
        .filter(it -> it.get("job").equals(job))
        .map(it -> (Map<String, Object>) it.get("metrics"))
        .findFirst()
        .orElseThrow();
  }

  private int tell(String... words) {
    out.reset();
    err.reset();
    return CommandLineDoor.open(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(words);
  }
}
