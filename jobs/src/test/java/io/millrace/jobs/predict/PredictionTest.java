package io.millrace.jobs.predict;

import static org.assertj.core.api.Assertions.assertThat;
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
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.testing.JobRunner;
import io.millrace.jobs.testing.RealData;
import io.millrace.jobs.testing.SmallModel;
import io.millrace.jobs.testing.SmallSources;
import io.millrace.jobs.transform.TestTimeSet;
import io.millrace.pipeline.job.Location;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Labels of pictures by a real small network, on a real local Spark. */
class PredictionTest extends Predicting {
  private static final int SIDE = 32;

  @Test
  void predictionsEqualTheEvaluationOfTheSamePictures() throws Exception {
    EvaluateParameters parameters =
        new EvaluateParameters(
            new Location(TRAINED.small().shards().toString()),
            Optional.empty(),
            new Location(TRAINED.small().model().toString()),
            Portion.TEST,
            new TestTimeSet.None(),
            50,
            5,
            SmallModel.TESTS,
            1,
            Optional.empty());
    Path evaluated = JobRunner.run(new EvaluateJob(), parameters, folder, "evaluated").folder();
    Predicted predicted = predict(TRAINED.exported(), "labels.csv");
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
  void sameBytesForAnyNumberOfPartitions() throws Exception {
    Path pictures = folder.resolve("pictures");
    copy(TRAINED.exported().resolve("test"), pictures);
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
  void resizesPicturesAsIngestDoes() throws Exception {
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
  void greyAndColouredPicturesWorkWithEitherModel() throws Exception {
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
  void readsCmykAndWrongExtensions() throws Exception {
    Predicted predicted = predict(RealData.path("imagenet-mini/odd"), "odd.csv");
    assertThat(predicted.predicted()).isEqualTo(3);
    assertThat(predicted.files()).isEqualTo(3);
  }

  @Test
  void predictsSingleFileAsInItsFolder() throws Exception {
    predict(TRAINED.exported().resolve("test"), "folder.csv");
    predict(TRAINED.exported().resolve("test/0000003.png"), "one.csv");
    Map<String, Map<String, String>> one = Csv.byId(folder.resolve("one.csv"));
    assertThat(one).containsOnlyKeys("0000003.png");
    Map<String, String> among = Csv.byId(folder.resolve("folder.csv")).get("0000003.png");
    assertThat(one.get("0000003.png")).containsEntry("class", among.get("class"));
  }

  /** Of a picture in the dataset, the file that it was exported to. */
  private static Map<String, String> fileOfId() throws Exception {
    Map<String, String> fileOf = new HashMap<>();
    for (String line : Files.readAllLines(TRAINED.exported().resolve("index.csv"))) {
      String[] cells = line.split(",", -1);
      fileOf.put(cells[1], cells[0]);
    }
    return fileOf;
  }

  private static Image resized(byte[] png) throws Exception {
    try (Decoded decoded = decoded(png, 3)) {
      return decoded.resized(new Sizing.Cropped(SIDE, SIDE));
    }
  }

  private static Decoded decoded(byte[] png, int channels) throws Exception {
    return new Decoder(channels, Background.WHITE, false, Limits.NONE).open(png);
  }
}
