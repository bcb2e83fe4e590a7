package io.millrace.jobs.shard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.testing.RealData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFeaturesTest {
  private static final String COLUMNS_BEFORE =
      """
      dataset_info:
        config_name: default
        features:
        - name: id
          dtype: string
        - name: label
      """;

  private static final String COLUMNS_AFTER =
      """
        - name: height
          dtype: int32
        - name: width
          dtype: int32
        - name: channels
          dtype: int32
        - name: encoding
          dtype: string
        - name: image
          dtype: %s
      """;

  @TempDir Path temp;

  private Dataset dataset(List<String> classNames, Split... splits) {
    List<ShardEntry> shards =
        List.of(splits).stream()
            .map(split -> new ShardEntry(ShardWriter.path(split, 0), split, 1, 9, "ab", List.of(1)))
            .toList();
    Counts counts = new Counts(splits.length, splits.length, 0, 0, 0);
    return new Dataset(temp.toUri(), "d", classNames, counts, Map.of(), Map.of(), shards);
  }

  @Test
  void describesSplitsColumnsAndClassNames() {
    Dataset dataset = dataset(List.of("cat", "dog"), Split.TEST, Split.TRAIN);
    assertThat(DatasetFeatures.yaml(dataset, Set.of(Encoding.JPEG, Encoding.PNG)))
        .isEqualTo(
            """
            configs:
            - config_name: default
              data_files:
              - split: train
                path: "split=train/*.parquet"
              - split: test
                path: "split=test/*.parquet"
            """
                + COLUMNS_BEFORE
                + """
                    dtype:
                      class_label:
                        names:
                          "0": "cat"
                          "1": "dog"
                """
                + COLUMNS_AFTER.formatted("image"));
  }

  @Test
  void describesRawPixelsAsBytesAndNamelessLabelsAsNumbers() {
    assertThat(
            DatasetFeatures.yaml(
                dataset(List.of(), Split.VAL), Set.of(Encoding.RAW, Encoding.JPEG)))
        .endsWith(COLUMNS_BEFORE + "    dtype: int32\n" + COLUMNS_AFTER.formatted("binary"));
  }

  @Test
  void yamlKeepsUnusualClassNames() throws Exception {
    List<String> odd =
        List.of(
            "a: b",
            "- c",
            "#d",
            "e #f",
            "\"g\"",
            "it's",
            "back\\slash",
            "",
            " ",
            "null",
            "yes",
            "1e3",
            "{x}",
            "[y]",
            "&z",
            "*z",
            "!!int 1",
            "%t",
            "---",
            "...",
            "two\nlines\n",
            "\ttab",
            "\r",
            "\u0000\u0007\u007f",
            "next\u0085line\u2028sep",
            "\u00a0\ufeff\u200b\u202e",
            "Größe",
            "猫",
            "😺",
            "e\u0301",
            "\ue000",
            "\uffff",
            "${HOME}",
            "\ud83d");
    DatasetFeatures.write(dataset(odd, Split.TRAIN), Set.of(Encoding.PNG));
    Path file = temp.resolve(DatasetFeatures.FILE);
    assertThat(Files.readString(file).lines()).hasSize(14 + odd.size() + 10);
    String script =
        "import json,sys,yaml;"
            + "names=yaml.safe_load(open(sys.argv[1],encoding='utf-8'))"
            + "['dataset_info']['features'][1]['dtype']['class_label']['names'];"
            + "print(*(names[str(i)].encode().hex() for i in range(len(names))),sep='\\n')";
    Process process =
        new ProcessBuilder(RealData.python("yaml").toString(), "-c", script, file.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    List<String> expected =
        odd.stream()
            // Half of a surrogate pair is no text.
            .map(name -> name.equals("\ud83d") ? "\ufffd" : name)
            .map(name -> HexFormat.of().formatHex(name.getBytes(UTF_8)))
            .toList();
    assertThat(printed.lines().toList()).containsExactlyElementsOf(expected);
  }

  @Test
  void tellsClassesOfOneNameApart() {
    assertThat(DistinctNames.of(List.of("crane", "crane (2)", "crane", "dog")))
        .containsExactly("crane (0)", "crane (2)", "crane (2) (2)", "dog");
  }
}
