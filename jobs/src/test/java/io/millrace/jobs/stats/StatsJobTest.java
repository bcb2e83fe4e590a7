package io.millrace.jobs.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.testing.Ingests;
import io.millrace.jobs.testing.JobRunner;
import io.millrace.jobs.testing.MadeDataset;
import io.millrace.jobs.testing.RealData;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.store.Digests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Scanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsJobTest {
  private static final int RECORD = 3073;

  @TempDir Path temp;

  @Test
  void statisticsEqualTwoPassesInDoublePrecision() throws Exception {
    byte[] batch = records(4000);
    Statistics statistics = Statistics.open(stats(ingest(batch), "local[2]").folder().toUri());

    for (int c = 0; c < 3; c++) {
      double mean = 0;
      for (int i = 0; i < 4000; i++) {
        for (int p = 0; p < 1024; p++) {
          mean += (batch[i * RECORD + 1 + c * 1024 + p] & 0xff) / 255.0;
        }
      }
      mean /= 4000 * 1024.0;
      double squares = 0;
      for (int i = 0; i < 4000; i++) {
        for (int p = 0; p < 1024; p++) {
          double off = (batch[i * RECORD + 1 + c * 1024 + p] & 0xff) / 255.0 - mean;
          squares += off * off;
        }
      }
      assertThat(statistics.mean().get(c)).isCloseTo(mean, within(1e-12));
      assertThat(statistics.std().get(c))
          .isCloseTo(Math.sqrt(squares / (4000 * 1024.0)), within(1e-12));
    }
    assertThat(statistics.images()).isEqualTo(4000);
  }

  @Test
  void sameBytesForAnyNumberOfTasks() throws Exception {
    JobRunner.Done shards = ingest(records(9000));
    JobRunner.Done one = stats(shards, "local[1]");
    JobRunner.Done four = stats(shards, "local[4]");

    assertThat(one.folder().resolve(Statistics.FILE))
        .hasSameBinaryContentAs(four.folder().resolve(Statistics.FILE));
    assertThat(one.result().digest()).isEqualTo(four.result().digest());
  }

  @Test
  void countsMinimumMaximumAndHistogramAreExact() throws Exception {
    byte[] batch = new byte[2 * RECORD];
    batch[1] = (byte) 255;
    batch[RECORD + 1 + 1024] = 7;
    JobRunner.Done done = stats(ingest(batch), "local[1]");
    JsonNode root = new ObjectMapper().readTree(done.folder().resolve(Statistics.FILE).toFile());

    JsonNode red = root.path("channels").get(0);
    assertThat(red.path("count").asLong()).isEqualTo(2048);
    assertThat(red.path("maximum").asInt()).isEqualTo(255);
    assertThat(red.path("histogram").get(255).asLong()).isEqualTo(1);
    assertThat(red.path("histogram").get(0).asLong()).isEqualTo(2047);
    JsonNode green = root.path("channels").get(1);
    assertThat(green.path("maximum").asInt()).isEqualTo(7);
    assertThat(green.path("mean").asDouble()).isCloseTo(7 / 255.0 / 2048, within(1e-15));
    assertThat(root.path("channels").get(2).path("std").asDouble()).isZero();
  }

  @Test
  void bytesEqualGoldenDigestOfThisVersion() throws Exception {
    new MadeDataset(List.of("cat", "dog")).addEach(Split.TRAIN, 5, 8).write(temp.resolve("made"));
    StatsParameters parameters =
        new StatsParameters(new Location(temp.resolve("made").toString()), Split.TRAIN);
    JobRunner.Done done = JobRunner.run(new StatsJob(), parameters, temp, "golden", "local[1]");
    assertThat(new StatsJob().version()).isEqualTo(1);
    assertThat(done.result().digest())
        .as("other bytes need a new version number of the job")
        .isEqualTo("11352da6c7078cc60563942b986bd83af2042dd3d3176e3f06e632ce43d907dc");
    assertThat(Digests.of(Files.readString(done.folder().resolve(Statistics.FILE))))
        .as("other bytes need a new version number of the job")
        .isEqualTo("642e8674ab712fd5cd29bd5037d7c5966f7ba637a1ccb7508812653af1dff063");
  }

  @Test
  void statisticsOfRealPicturesEqualNumpy() throws Exception {
    Path batches = RealData.path("cifar10/cifar-10-batches-bin");
    Path python = RealData.python("numpy");
    Statistics statistics = Statistics.open(stats(ingest(batches), "local[2]").folder().toUri());
    String script =
        "import numpy,sys;"
            + "a=numpy.fromfile(sys.argv[1],numpy.uint8).reshape(-1,3073)[:,1:]"
            + ".reshape(-1,3,1024)/255.0;"
            + "print(*a.mean((0,2)),*a.std((0,2)))";
    Process process =
        new ProcessBuilder(
                python.toString(), "-c", script, batches.resolve("data_batch_1.bin").toString())
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try (Scanner numbers = new Scanner(printed)) {
      for (int c = 0; c < 3; c++) {
        assertThat(statistics.mean().get(c))
            .isCloseTo(Double.parseDouble(numbers.next()), within(1e-10));
      }
      for (int c = 0; c < 3; c++) {
        assertThat(statistics.std().get(c))
            .isCloseTo(Double.parseDouble(numbers.next()), within(1e-10));
      }
    }
  }

  @Test
  void refusesEmptySplitAndNamesTheOthers() throws Exception {
    JobRunner.Done shards = ingest(records(20));
    StatsParameters parameters = new StatsParameters(new Location(shards.path()), Split.VAL);
    assertThatThrownBy(() -> JobRunner.run(new StatsJob(), parameters, temp, "none"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("its split 'val' is empty; it has train");
  }

  @Test
  void namesShardDamagedAfterPublication() throws Exception {
    JobRunner.Done shards = ingest(records(50));
    String path = Dataset.open(shards.folder().toUri()).shards().get(0).path();
    Path file = shards.folder().resolve(path);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> stats(shards, "local[1]"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining(path)
        .hasMessageContaining("checksum")
        .hasMessageContaining("--force=STAGE");
    Files.delete(file);
    assertThatThrownBy(() -> stats(shards, "local[1]"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("it was removed");
  }

  private JobRunner.Done ingest(byte[] batch) throws Exception {
    Path file = temp.resolve("data_batch_1.bin");
    Files.write(file, batch);
    return ingest(file);
  }

  private JobRunner.Done ingest(Path path) throws Exception {
    return Ingests.run(temp, "shards", "source.format=cifar10", "source.path=" + path);
  }

  private JobRunner.Done stats(JobRunner.Done shards, String master) throws Exception {
    StatsParameters parameters = new StatsParameters(new Location(shards.path()), Split.TRAIN);
    return JobRunner.run(new StatsJob(), parameters, temp, "stats-" + master, master);
  }

  private static byte[] records(int count) {
    byte[] bytes = new byte[count * RECORD];
    new Random(11).nextBytes(bytes);
    for (int i = 0; i < count; i++) {
      bytes[i * RECORD] = (byte) (i % 10);
    }
    return bytes;
  }
}
