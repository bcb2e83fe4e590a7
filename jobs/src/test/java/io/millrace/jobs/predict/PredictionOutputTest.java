package io.millrace.jobs.predict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.testing.SmallModel;
import io.millrace.jobs.testing.SmallSources;
import io.millrace.pipeline.CannotException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** What a prediction leaves: a line for each file, as CSV or Parquet. */
class PredictionOutputTest extends Predicting {
  private static final int SIDE = 32;

  private static final List<String> ODD_NAMES =
      List.of("<script>,\"x\"", "日本語", "a:b;c", " blank ", "", "'", "\\", "{}", "two\nlines", "\t");

  @Test
  void writesALineForEveryFileInOrderOfNames() throws Exception {
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
  void keepsUnusualClassNames() throws Exception {
    Path model = TRAINED.small().named(folder.resolve("model"), ODD_NAMES);
    predict(model, TRAINED.exported(), "labels.csv", 3);
    predict(model, TRAINED.exported(), "labels", 30);
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
  void parquetContainsTheSameAsCsv() throws Exception {
    predict(TRAINED.exported(), "labels.csv");
    predict(TRAINED.exported(), "labels");
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
  void ignoresItsOutputAmongThePictures() throws Exception {
    Path pictures = folder.resolve("pictures");
    copy(TRAINED.exported().resolve("test"), pictures);
    predict(pictures, "pictures/labels.csv");
    Predicted again = predict(TRAINED.small().model(), pictures, "pictures/labels.csv", 2);
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
  void writesNothingWithoutReadablePictures() throws Exception {
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
  void replacesOnlyPredictions() throws Exception {
    Path mine = Files.createDirectory(folder.resolve("mine"));
    Files.writeString(mine.resolve("thesis.txt"), "years of work");
    Path text = Files.writeString(folder.resolve("text"), "text");
    Path csvFolder = Files.createDirectory(folder.resolve("folder.csv"));
    assertThatThrownBy(() -> predict(TRAINED.exported(), "mine"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("the folder is not empty and holds no predictions of Millrace");
    assertThatThrownBy(() -> predict(TRAINED.exported(), "text"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("it is a file; choose a folder for Parquet");
    assertThatThrownBy(() -> predict(TRAINED.exported(), "folder.csv"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("it is a folder");
    assertThat(mine.resolve("thesis.txt")).hasContent("years of work");
    assertThat(text).hasContent("text");
    assertThat(csvFolder).isEmptyDirectory();

    Path old = Files.writeString(folder.resolve("old.csv"), "old");
    assertThatThrownBy(() -> Destination.open(old.toUri(), false, Map.of()))
        .isInstanceOf(CannotException.class)
        .hasMessageEndingWith("there is a file already; choose another name or --overwrite");
    predict(TRAINED.exported(), "old.csv");
    assertThat(Csv.byId(old)).hasSize(SmallModel.TESTS + 1);
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

  private static SparkSession session() {
    return new SparkSession(
        SharedSpark.context(
                Map.of("spark.master", "local[2]"),
                TRAINED.base().resolve("scratch").toUri(),
                sentence -> {})
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
