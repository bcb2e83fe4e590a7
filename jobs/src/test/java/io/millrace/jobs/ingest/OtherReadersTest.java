package io.millrace.jobs.ingest;

import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.shard.DatasetFeatures;
import io.millrace.jobs.shard.QuarantineReader;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.testing.Ingests;
import io.millrace.jobs.testing.JobRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dataset with a quarantine, as programs read it that know nothing of Millrace. */
class OtherReadersTest {
  @TempDir static Path temp;
  private static JobRunner.Done done;

  @BeforeAll
  static void ingest() throws Exception {
    Path source = temp.resolve("source");
    for (int i = 0; i < 3; i++) {
      file(source.resolve("train/- b/" + i + ".jpg"), jpeg(i));
      file(source.resolve("train/\"#c/" + i + ".jpg"), jpeg(10 + i));
    }
    file(source.resolve("train/- b/damaged.jpg"), "no picture".getBytes(UTF_8));
    file(source.resolve("val/- b/1.jpg"), jpeg(20));
    done =
        Ingests.run(
            temp, "out", "source.format=folder", "source.path=" + source, "max-quarantine=100%");
  }

  @Test
  void duckDbReadsSplitsWithoutTheQuarantine() throws Exception {
    assertThat(
            duck(
                "select split, label, count(*) from read_parquet('%s/**/*.parquet',"
                    + " hive_partitioning = true) group by all order by all"))
        .containsExactly("train 0 3", "train 1 3", "val 1 1");
    assertThat(duck("select id, bytes from read_parquet('%s/_quarantine/*')"))
        .containsExactly("train/- b/damaged.jpg 10");
  }

  @Test
  void sparkReadsTheSplitsOfTheFolder() throws Exception {
    SparkSession session =
        new SparkSession(
            SharedSpark.context(
                    Map.of("spark.master", "local[1]"),
                    temp.resolve("scratch").toUri(),
                    sentence -> {})
                .sc());
    try {
      Dataset<Row> rows = session.read().parquet(done.path());
      assertThat(rows.columns())
          .containsExactly(
              "id", "label", "height", "width", "channels", "encoding", "image", "split");
      assertThat(rows.count()).isEqualTo(7);
    } finally {
      SharedSpark.stop();
    }
  }

  @Test
  void singleShardNamesItsClasses() throws Exception {
    assertThat(
            duck(
                "select decode(key), decode(value) from"
                    + " parquet_kv_metadata('%s/split=val/part-00000.parquet')"
                    + " where decode(key) like 'millrace.%%' order by 1"))
        .containsExactly(
            "millrace.classes [\"\\\"#c\",\"- b\"]",
            "millrace.dataset {\"schema-version\":1,\"split\":\"val\",\"shard\":0}");
  }

  @Test
  void describesSplitsAndColumnsForHuggingFace() throws Exception {
    assertThat(Files.readString(done.folder().resolve(DatasetFeatures.FILE)))
        .contains("split: train", "split: val", "\"0\": \"\\\"#c\"", "\"1\": \"- b\"")
        .doesNotContain("test")
        .endsWith("- name: image\n    dtype: image\n");
  }

  @Test
  void readsQuarantineOfTheFirstVersions() throws Exception {
    Path quarantine = done.folder().resolve("_quarantine");
    Path old = Files.createDirectories(temp.resolve("old/_quarantine"));
    String name = "train-part-00000";
    Files.copy(quarantine.resolve(name + ".rejects"), old.resolve(name + ".parquet"));
    assertThat(QuarantineReader.read(old.getParent().toUri(), 9, 9))
        .extracting(Reject::id)
        .containsExactly("train/- b/damaged.jpg");
  }

  private static List<String> duck(String query) throws Exception {
    List<String> found = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement();
        ResultSet rows = sql.executeQuery(query.formatted(done.folder()))) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int c = 1; c <= columns; c++) {
          row.add(rows.getString(c));
        }
        found.add(String.join(" ", row));
      }
    }
    return found;
  }
}
