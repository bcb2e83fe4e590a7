package io.millrace.jobs.predict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.jobs.evaluate.EvaluateJob;
import io.millrace.jobs.evaluate.EvaluateParameters;
import io.millrace.jobs.evaluate.Portion;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.image.codec.Background;
import io.millrace.jobs.image.codec.Decoded;
import io.millrace.jobs.image.codec.Decoder;
import io.millrace.jobs.image.codec.Encoder;
import io.millrace.jobs.image.codec.Limits;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.testing.JobRunner;
import io.millrace.jobs.testing.RealData;
import io.millrace.jobs.testing.SmallModel;
import io.millrace.jobs.testing.SmallSources;
import io.millrace.jobs.transform.TestTimeSet;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.store.Places;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures in folders by a real small network, on a real local Spark. */
class PredictionTest {
  private static final int BATCH = 16;
  private static final int SIDE = 32;
  private static final List<String> ODD_NAMES =
      List.of("<script>,\"x\"", "日本語", "a:b;c", " blank ", "", "'", "\\", "{}", "two\nlines", "\t");

  @TempDir private static Path base;
  private static SmallModel small;
  private static Path exported;

  @TempDir Path folder;

  @BeforeAll
  static void train() throws Exception {
    small = SmallModel.in(base, 3);
    exported = small.exported(base.resolve("exported"));
  }

  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  @Test
  void equalsTheEvaluationOfTheSamePictures() throws Exception {
    EvaluateParameters parameters =
        new EvaluateParameters(
            new Location(small.shards().toString()),
            Optional.empty(),
            new Location(small.model().toString()),
            Portion.TEST,
            new TestTimeSet.None(),
            50,
            5,
            SmallModel.TESTS,
            1,
            Optional.empty());
    Path evaluated = JobRunner.run(new EvaluateJob(), parameters, folder, "evaluated").folder();
    Predicted predicted = predict(exported, "labels.csv");
    assertThat(predicted.predicted()).isEqualTo(SmallModel.TESTS);
    assertThat(predicted.resized()).isZero();

    Map<String, Map<String, String>> lines = Csv.byId(folder.resolve("labels.csv"));
    Map<String, String> fileOf = fileOfId();
    JsonNode all =
        new ObjectMapper()
            .readTree(evaluated.resolve("evaluation.json").toFile())
            .get("least-sure");
    assertThat(all).hasSize(SmallModel.TESTS);
    for (JsonNode one : all) {
      Map<String, String> line = lines.get(fileOf.get(one.get("id").asText()));
      assertThat(line).containsEntry("class", one.get("predicted").asText());
      assertThat(Double.parseDouble(line.get("probability")))
          .isCloseTo(one.get("predicted-probability").asDouble(), within(1e-6));
    }
  }

  @Test
  void anyNumberOfPartitionsGivesTheSameBytes() throws Exception {
    Path pictures = folder.resolve("pictures");
    copy(exported.resolve("test"), pictures);
    // In the midst of a minibatch, so that its size changes.
    Files.write(pictures.resolve("0000020.png"), new byte[0]);
    for (String master : List.of("local[1]", "local[4]")) {
      SharedSpark.stop();
      predict(pictures, master + ".csv", master);
      predict(pictures, master, master);
    }
    SharedSpark.stop();
    assertThat(folder.resolve("local[4].csv"))
        .hasSameBinaryContentAs(folder.resolve("local[1].csv"));
    assertThat(folder.resolve("local[4]/predictions.parquet"))
        .hasSameBinaryContentAs(folder.resolve("local[1]/predictions.parquet"));
  }

  @Test
  void everyFileGivesALineInTheOrderOfNames() throws Exception {
    Path pictures = folder.resolve("pictures");
    byte[] whole = SmallSources.png(1, SIDE, SIDE);
    List<String> readable =
        List.of(
            " leading and trailing ",
            "#comment.png",
            ".hidden/.png",
            "=1+1.png",
            "a, \"b\".png",
            "deep/er/日本, 語.png",
            "line\nbreak.png",
            "return\r.png");
    for (String name : readable) {
      SmallSources.file(pictures.resolve(name), whole);
    }
    byte[] jpeg = SmallSources.jpeg(2);
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, 100, 200, (byte) 7);
    SmallSources.file(pictures.resolve("cut.jpg"), Arrays.copyOf(jpeg, jpeg.length * 2 / 3));
    SmallSources.file(pictures.resolve("damaged.png"), damaged);
    SmallSources.file(pictures.resolve("empty.png"), new byte[0]);
    SmallSources.file(pictures.resolve("notes.txt"), "no picture".getBytes(UTF_8));
    SmallSources.file(pictures.resolve("with:colon.png"), whole);
    Files.createSymbolicLink(pictures.resolve("nowhere.png"), Path.of("gone.png"));
    Files.createSymbolicLink(pictures.resolve("up"), Path.of("."));

    Predicted predicted = predict(pictures, "labels.csv");
    Map<String, Map<String, String>> lines = Csv.byId(folder.resolve("labels.csv"));
    assertThat(lines)
        .hasSize((int) predicted.files())
        .containsOnlyKeys(
            all(
                readable,
                "cut.jpg",
                "damaged.png",
                "empty.png",
                "notes.txt",
                "nowhere.png",
                "up",
                "with:colon.png"));
    assertThat(List.copyOf(lines.keySet())).isSorted();
    assertThat(predicted.predicted()).isEqualTo(readable.size());
    for (String name : readable) {
      assertThat(lines.get(name)).containsEntry("error", "").doesNotContainEntry("label", "-1");
    }
    assertThat(reason(lines, "cut.jpg")).isEqualTo("the picture ends early");
    assertThat(reason(lines, "damaged.png")).isEqualTo("the picture is damaged");
    assertThat(reason(lines, "empty.png")).isEqualTo("an empty file");
    assertThat(reason(lines, "notes.txt")).isEqualTo("no picture file");
    assertThat(reason(lines, "nowhere.png")).startsWith("a link to nothing");
    assertThat(reason(lines, "up")).startsWith("a link to a folder above it");
    assertThat(reason(lines, "with:colon.png")).contains("colon");
    assertThat(predicted.unreadable().stream().mapToLong(Predicted.ReasonCount::files).sum())
        .isEqualTo(predicted.files() - predicted.predicted());
  }

  @Test
  void namesOfClassesSurvive() throws Exception {
    Path model = small.named(folder.resolve("model"), ODD_NAMES);
    predict(model, exported, "labels.csv", 3);
    predict(model, exported, "labels", 30);
    Map<String, Map<String, String>> lines = Csv.byId(folder.resolve("labels.csv"));
    for (Map<String, String> line : lines.values()) {
      if (!line.get("error").isEmpty()) {
        continue;
      }
      List<Map<String, Object>> top = Csv.top(line);
      assertThat(top).hasSize(3);
      for (Map<String, Object> one : top) {
        int label = ((Long) one.get("label")).intValue();
        assertThat(one.get("class")).isEqualTo(ODD_NAMES.get(label));
      }
      assertThat(line).containsEntry("label", top.get(0).get("label").toString());
      assertThat(line).containsEntry("class", ODD_NAMES.get(Integer.parseInt(line.get("label"))));
      assertThat(line).containsEntry("probability", top.get(0).get("probability").toString());
    }
    assertThat(duck("labels", "select max(len(\"top-k\")) from p")).containsExactly("10");
  }

  @Test
  void parquetHoldsTheSameAsCsv() throws Exception {
    predict(exported, "labels.csv");
    predict(exported, "labels");
    Map<String, Map<String, String>> lines = Csv.byId(folder.resolve("labels.csv"));
    SparkSession session = session();
    List<Row> rows = session.read().parquet(folder.resolve("labels").toString()).collectAsList();
    assertThat(rows).hasSize(lines.size());
    for (Row row : rows) {
      Map<String, String> line = lines.get(row.<String>getAs("id"));
      assertThat(row.<Integer>getAs("label").toString()).isEqualTo(line.get("label"));
      List<Row> top = row.getList(row.fieldIndex("top-k"));
      assertThat(top).hasSameSizeAs(Csv.top(line));
      if (line.get("error").isEmpty()) {
        assertThat(row.<String>getAs("class")).isEqualTo(line.get("class"));
        assertThat(row.<Double>getAs("probability").floatValue())
            .isEqualTo(Float.parseFloat(line.get("probability")));
        assertThat(row.<String>getAs("error")).isNull();
        assertThat(top.get(0).<Double>getAs("probability"))
            .isEqualTo(row.<Double>getAs("probability"));
      } else {
        assertThat(row.<String>getAs("error")).isEqualTo(line.get("error"));
        assertThat(row.<Object>getAs("class")).isNull();
        assertThat(row.<Object>getAs("probability")).isNull();
      }
    }
    assertThat(duck("labels", "select id from p")).containsExactlyElementsOf(lines.keySet());
    assertThat(duck("labels", "select id from p where \"top-k\"[1].class <> class")).isEmpty();
    assertThat(duck("labels", "select error from p where label = -1"))
        .containsExactly("no picture file");
  }

  @Test
  void picturesOfOtherSizesAreThoseThatIngestWouldMake() throws Exception {
    Path pictures = folder.resolve("pictures");
    int[][] sizes = {{64, 48}, {SIDE, 90}, {1, 1}, {5, 3000}, {700, 2}};
    for (int[] size : sizes) {
      byte[] png = SmallSources.png(9, size[0], size[1]);
      String name = size[0] + "x" + size[1];
      SmallSources.file(pictures.resolve(name + "/a-as-it-is.png"), png);
      SmallSources.file(pictures.resolve(name + "/b-resized.png"), Encoder.png(resized(png)));
    }
    Predicted predicted = predict(pictures, "labels.csv");
    assertThat(predicted.resized()).isEqualTo(sizes.length);
    assertThat(predicted.sizes())
        .hasSize(sizes.length)
        .contains(new Predicted.SizeCount(64, 48, 1), new Predicted.SizeCount(5, 3000, 1));
    Map<String, Map<String, String>> lines = Csv.byId(folder.resolve("labels.csv"));
    for (int[] size : sizes) {
      String name = size[0] + "x" + size[1];
      assertThat(lines.get(name + "/a-as-it-is.png").get("top-k"))
          .isEqualTo(lines.get(name + "/b-resized.png").get("top-k"));
    }
  }

  @Test
  void grayAndColouredPicturesServeEitherModel() throws Exception {
    SmallModel gray = SmallModel.in(folder.resolve("gray"), 1);
    byte[] colours = SmallSources.png(4, SIDE, SIDE);
    Image mono;
    try (Decoded decoded = decoded(colours, 1)) {
      mono = decoded.image();
    }
    Path pictures = folder.resolve("pictures");
    SmallSources.file(pictures.resolve("colours.png"), colours);
    SmallSources.file(pictures.resolve("gray.png"), Encoder.png(mono));
    SmallSources.file(pictures.resolve("gray-as-rgb.png"), Encoder.png(mono.withChannels(3)));
    predict(gray.model(), pictures, "gray.csv", 5);
    predict(pictures, "rgb.csv");
    Map<String, Map<String, String>> byGray = Csv.byId(folder.resolve("gray.csv"));
    assertThat(byGray.get("gray.png").get("top-k"))
        .isEqualTo(byGray.get("colours.png").get("top-k"));
    Map<String, Map<String, String>> byRgb = Csv.byId(folder.resolve("rgb.csv"));
    assertThat(byRgb.get("gray.png").get("top-k"))
        .isEqualTo(byRgb.get("gray-as-rgb.png").get("top-k"))
        .isNotEqualTo(byRgb.get("colours.png").get("top-k"));
  }

  @Test
  void inksAndWrongExtensionsAreRead() throws Exception {
    Predicted predicted = predict(RealData.path("imagenet-mini/odd"), "odd.csv");
    assertThat(predicted.predicted()).isEqualTo(3);
    assertThat(predicted.files()).isEqualTo(3);
  }

  @Test
  void oneFileIsPredictedAsInItsFolder() throws Exception {
    predict(exported.resolve("test"), "folder.csv");
    predict(exported.resolve("test/0000003.png"), "one.csv");
    Map<String, Map<String, String>> one = Csv.byId(folder.resolve("one.csv"));
    assertThat(one).containsOnlyKeys("0000003.png");
    Map<String, String> among = Csv.byId(folder.resolve("folder.csv")).get("0000003.png");
    assertThat(one.get("0000003.png")).containsEntry("class", among.get("class"));
  }

  @Test
  void theOutputAmongThePicturesIsNoPicture() throws Exception {
    Path pictures = folder.resolve("pictures");
    copy(exported.resolve("test"), pictures);
    predict(pictures, "pictures/labels.csv");
    Predicted again = predict(small.model(), pictures, "pictures/labels.csv", 2);
    assertThat(again.files()).isEqualTo(SmallModel.TESTS);
    assertThat(Csv.top(Csv.byId(pictures.resolve("labels.csv")).get("0000000.png"))).hasSize(2);
    predict(pictures, "pictures/labels");
    assertThat(predict(pictures, "pictures/labels").files()).isEqualTo(SmallModel.TESTS + 1);
    try (Stream<Path> left = Files.list(pictures)) {
      assertThat(left.map(it -> it.getFileName().toString()).filter(it -> !it.endsWith(".png")))
          .containsExactlyInAnyOrder("labels.csv", "labels");
    }
  }

  @Test
  void whereNothingIsAPictureNothingIsLeft() throws Exception {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    assertThatThrownBy(() -> predict(pictures, "labels.csv"))
        .isInstanceOf(CannotException.class)
        .hasMessage(
            "Cannot predict " + pictures + ": there is no file in it; give a folder of pictures");
    SmallSources.file(pictures.resolve("a.txt"), "text".getBytes(UTF_8));
    SmallSources.file(pictures.resolve("b.txt"), "text".getBytes(UTF_8));
    assertThatThrownBy(() -> predict(pictures, "labels"))
        .isInstanceOf(CannotException.class)
        .hasMessageEndingWith(
            ": no file in it is a picture that can be read: no picture file (2, first a.txt)");
    assertThat(folder).isDirectoryNotContaining(it -> !it.equals(pictures));
  }

  @Test
  void onlyPredictionsAreReplaced() throws Exception {
    Path mine = Files.createDirectory(folder.resolve("mine"));
    Files.writeString(mine.resolve("thesis.txt"), "years of work");
    Path text = Files.writeString(folder.resolve("text"), "text");
    Path csvFolder = Files.createDirectory(folder.resolve("folder.csv"));
    assertThatThrownBy(() -> predict(exported, "mine"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("the folder is not empty and holds no predictions of ours");
    assertThatThrownBy(() -> predict(exported, "text"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("it is a file; choose a folder for Parquet");
    assertThatThrownBy(() -> predict(exported, "folder.csv"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("it is a folder");
    assertThat(mine.resolve("thesis.txt")).hasContent("years of work");
    assertThat(text).hasContent("text");
    assertThat(csvFolder).isEmptyDirectory();

    Path old = Files.writeString(folder.resolve("old.csv"), "old");
    assertThatThrownBy(() -> Destination.open(old.toUri(), false, Map.of()))
        .isInstanceOf(CannotException.class)
        .hasMessageEndingWith("there is a file already; choose another name or --overwrite");
    predict(exported, "old.csv");
    assertThat(Csv.byId(old)).hasSize(SmallModel.TESTS + 1);
  }

  private Predicted predict(Path pictures, String output) {
    return predict(small.model(), pictures, output, 5);
  }

  private Predicted predict(Path model, Path pictures, String output, int topK) {
    Prediction prediction =
        new Prediction(Model.open(model.toUri()), Places.uri(pictures.toString()), topK, BATCH);
    return predict(prediction, output, "local[2]");
  }

  private Predicted predict(Path pictures, String output, String master) {
    Prediction prediction =
        new Prediction(
            Model.open(small.model().toUri()), Places.uri(pictures.toString()), 5, BATCH);
    return predict(prediction, output, master);
  }

  private Predicted predict(Prediction prediction, String output, String master) {
    Map<String, String> settings = Map.of("spark.master", master);
    try (Destination destination =
        Destination.open(Places.uri(folder.resolve(output).toString()), true, settings)) {
      return prediction.into(destination, settings, JobContext.silent());
    }
  }

  /** Of a picture in the dataset, the file that it was exported to. */
  private static Map<String, String> fileOfId() throws Exception {
    Map<String, String> fileOf = new HashMap<>();
    for (String line : Files.readAllLines(exported.resolve("index.csv"))) {
      String[] cells = line.split(",", -1);
      fileOf.put(cells[1], cells[0]);
    }
    return fileOf;
  }

  private static String reason(Map<String, Map<String, String>> lines, String id) {
    assertThat(lines.get(id))
        .containsEntry("label", "-1")
        .containsEntry("class", "")
        .containsEntry("probability", "")
        .containsEntry("top-k", "[]");
    return lines.get(id).get("error");
  }

  private static String[] all(List<String> some, String... others) {
    List<String> all = new ArrayList<>(some);
    all.addAll(List.of(others));
    return all.toArray(String[]::new);
  }

  private static void copy(Path from, Path to) throws Exception {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static Image resized(byte[] png) throws Exception {
    try (Decoded decoded = decoded(png, 3)) {
      return decoded.resized(new Sizing.Cropped(SIDE, SIDE));
    }
  }

  private static Decoded decoded(byte[] png, int channels) throws Exception {
    return new Decoder(channels, Background.WHITE, false, Limits.NONE).open(png);
  }

  private static SparkSession session() {
    return new SparkSession(
        SharedSpark.context(
                Map.of("spark.master", "local[2]"), base.resolve("scratch").toUri(), sentence -> {})
            .sc());
  }

  private List<String> duck(String output, String query) throws Exception {
    List<String> found = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement()) {
      sql.execute("create view p as select * from '" + folder.resolve(output) + "/*.parquet'");
      try (ResultSet rows = sql.executeQuery(query)) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
  }
}
