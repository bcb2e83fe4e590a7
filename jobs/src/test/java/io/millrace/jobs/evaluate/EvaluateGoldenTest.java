package io.millrace.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.testing.JobRunner;
import io.millrace.jobs.testing.MadeDataset;
import io.millrace.pipeline.spec.FlagReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model that nobody trained: its class is the one pixel that is on. Of two that are on, both are
 * as likely; so all probabilities are 0, 1/2 or 1, on every processor.
 */
class EvaluateGoldenTest {
  private static final List<String> CLASSES = List.of("first", "second", "third");
  private static final int PIXELS = 4;

  /** So large that the exponential function gives 0 for what is off. */
  private static final float ON = 1000;

  @TempDir Path folder;

  @Test
  void figuresEqualGoldenDigestOfThisVersion() throws Exception {
    new MadeDataset(CLASSES)
        .add(Split.TEST, picture("right", 0, 0))
        .add(Split.TEST, picture("wrong", 2, 1))
        .add(Split.TEST, picture("between", 1, 0, 1))
        .add(Split.TEST, picture("first of two", 1, 1, 2))
        .add(Split.TEST, picture("unlabelled", -1, 2))
        .write(folder.resolve("shards"));
    writeModel(folder.resolve("model"));
    EvaluateJob job = new EvaluateJob();
    Map<String, String> flags =
        Map.of(
            "shards", folder.resolve("shards").toString(),
            "model", folder.resolve("model").toString(),
            "top-k", "2");
    EvaluateParameters parameters = job.parameters().cast(FlagReader.read(job, flags).parameters());
    JobRunner.Done done = JobRunner.run(job, parameters, folder, "golden", "local[1]");

    assertThat(done.result().metrics())
        .containsEntry("images", 4L)
        .containsEntry("accuracy", 0.5)
        .containsEntry("top2", 0.75);
    assertThat(job.version()).isEqualTo(2);
    assertThat(done.result().digest())
        .as("other figures need a new version number of the job")
        .isEqualTo("2e4f6a119ffac16e01917ef4a41a66a5469e0efbb15245c3aaec829cd1e14d22");
  }

  private static Picture picture(String id, int label, int... on) {
    byte[] pixels = new byte[PIXELS];
    for (int pixel : on) {
      pixels[pixel] = (byte) 255;
    }
    return new Picture(id, label, 2, 2, 1, Encoding.RAW, pixels);
  }

  private static void writeModel(Path model) throws Exception {
    Files.createDirectories(model);
    String header =
        """
        {"linear.weight": {"dtype": "F32", "shape": [3, 4], "data_offsets": [0, 48]},
         "linear.bias": {"dtype": "F32", "shape": [3], "data_offsets": [48, 60]}}""";
    ByteBuffer weights =
        ByteBuffer.allocate(8 + header.length() + 60).order(ByteOrder.LITTLE_ENDIAN);
    weights.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
    for (int label = 0; label < CLASSES.size(); label++) {
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        weights.putFloat(pixel == label ? ON : 0);
      }
    }
    Files.write(model.resolve("weights.safetensors"), weights.array());
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(weights.array());
    Files.writeString(
        model.resolve("model.json"),
        """
        {"format": 1, "digest": "%s", "architecture": {"name": "linear"}, "input": [1, 2, 2],
         "class-names": ["first", "second", "third"], "mean": [0.0], "std": [1.0],
         "engine": {"name": "dl4j"}, "provenance": {}}
        """
            .formatted(HexFormat.of().formatHex(digest)));
  }
}
