package io.millrace.jobs.shard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatasetFileTest {
  private static final URI ROOT = URI.create("file:///d");
  private static final ShardEntry SHARD =
      new ShardEntry("split=train/part-00000.parquet", Split.TRAIN, 3, 812, "ab12", List.of(2, 1));

  /** What other programs read, to the byte. */
  private static final String TEXT =
      """
      {
        "schema-version" : 1,
        "digest" : "d1",
        "class-names" : [ "cat", "dog" ],
        "counts" : {
          "in" : 4,
          "out" : 3,
          "quarantined" : 1,
          "ignored" : 2,
          "left-out" : 5
        },
        "class-counts" : {
          "train" : [ 1, 2 ]
        },
        "notes" : {
          "gray" : 1
        },
        "source" : {
          "format" : "folders"
        },
        "shards" : [ {
          "path" : "split=train/part-00000.parquet",
          "split" : "train",
          "rows" : 3,
          "row-groups" : [ 2, 1 ],
          "bytes" : 812,
          "sha256" : "ab12"
        } ]
      }""";

  private static Dataset dataset(List<String> synsets, int variantDepth) {
    return dataset(synsets, new IgnoredFiles(), variantDepth);
  }

  private static Dataset dataset(List<String> synsets, IgnoredFiles ignored, int variantDepth) {
    return new Dataset(
        ROOT,
        "d1",
        List.of("cat", "dog"),
        new Counts(4, 3, 1, 2, 5),
        Map.of("train", List.of(1L, 2L)),
        Map.of("format", "folders"),
        List.of(SHARD),
        synsets,
        Map.of("gray", 1L),
        ignored,
        variantDepth);
  }

  @Test
  void textEqualsThatOfTheFirstRelease() throws Exception {
    Dataset dataset = dataset(List.of(), 0);
    assertThat(new String(DatasetFile.text(dataset), UTF_8)).isEqualTo(TEXT);
    assertThat(DatasetFile.read(ROOT, TEXT.getBytes(UTF_8))).isEqualTo(dataset);
  }

  @Test
  void writesOptionalEntriesOnlyWhenPresent() throws Exception {
    Dataset dataset = dataset(List.of("n02121808", "n02084071"), 2);
    byte[] text = DatasetFile.text(dataset);
    assertThat(new String(text, UTF_8))
        .contains("\"synsets\" : [ \"n02121808\", \"n02084071\" ]", "\"variant-depth\" : 2");
    assertThat(DatasetFile.read(ROOT, text)).isEqualTo(dataset);
  }

  @Test
  void ignoresUnknownKeys() throws Exception {
    String later = TEXT.replace("\"digest\"", "\"licence\" : \"CC0\",\n  \"digest\"");
    assertThat(DatasetFile.read(ROOT, later.getBytes(UTF_8))).isEqualTo(dataset(List.of(), 0));
  }

  @Test
  void refusesOtherVersionsAndLostRecords() {
    assertThatThrownBy(() -> read(TEXT.replace("\"schema-version\" : 1", "\"schema-version\" : 2")))
        .isInstanceOf(IOException.class)
        .hasMessage("its schema-version is not 1");
    assertThatThrownBy(() -> read(TEXT.replace("\"in\" : 4", "\"in\" : 5")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("records were lost: 5 in");
    assertThatThrownBy(() -> read("{\"schema-version\":1}"))
        .isInstanceOf(IOException.class)
        .hasMessage("its digest or its counts are missing");
  }

  private static Dataset read(String json) throws IOException {
    return DatasetFile.read(ROOT, json.getBytes(UTF_8));
  }

  @Test
  void keepsIgnoredFilesByKindWithAnExample() throws Exception {
    IgnoredFiles ignored = new IgnoredFiles();
    ignored.add(IgnoredFiles.Kind.SYSTEM, "cats/.DS_Store", 1);
    ignored.add(IgnoredFiles.Kind.SYSTEM, "dogs/Thumbs.db", 2);
    byte[] text = DatasetFile.text(dataset(List.of(), ignored, 0));
    assertThat(new String(text, UTF_8))
        .contains("\"ignored-files\"", "\"system\"", "cats/.DS_Store")
        .doesNotContain("Thumbs.db");
    assertThat(DatasetFile.read(ROOT, text).ignored()).isEqualTo(ignored);
    assertThat(ignored.sentences())
        .containsExactly("3 that systems and tools leave behind (e.g. cats/.DS_Store)");
  }
}
