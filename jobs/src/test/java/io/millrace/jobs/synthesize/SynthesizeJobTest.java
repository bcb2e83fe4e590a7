package io.millrace.jobs.synthesize;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynthesizeJobTest {
  private static final int RECORD = 3073;

  @TempDir Path folder;

  @Test
  void filesHaveTheLayoutOfCifar10() throws IOException {
    synthesize(folder, 53, 20, 7);

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "data_batch_1.bin",
              "data_batch_2.bin",
              "data_batch_3.bin",
              "data_batch_4.bin",
              "data_batch_5.bin",
              "test_batch.bin",
              "batches.meta.txt");
    }
    long training = 0;
    for (int batch = 1; batch <= 5; batch++) {
      training += Files.size(folder.resolve("data_batch_" + batch + ".bin"));
    }
    assertThat(training).isEqualTo(53L * RECORD);
    byte[] test = Files.readAllBytes(folder.resolve("test_batch.bin"));
    assertThat(test).hasSize(20 * RECORD);
    for (int i = 0; i < 20; i++) {
      assertThat(test[i * RECORD]).isEqualTo((byte) (i % 10));
    }
    List<String> names = Files.readAllLines(folder.resolve("batches.meta.txt"));
    assertThat(names).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void bytesDependOnTheSeedOnly() throws IOException {
    JobResult once = synthesize(Files.createDirectory(folder.resolve("a")), 50, 10, 7);
    JobResult again = synthesize(Files.createDirectory(folder.resolve("b")), 50, 10, 7);
    JobResult other = synthesize(Files.createDirectory(folder.resolve("c")), 50, 10, 8);

    assertThat(again.digest()).isEqualTo(once.digest());
    assertThat(other.digest()).isNotEqualTo(once.digest());
    assertThat(folder.resolve("b/test_batch.bin"))
        .hasSameBinaryContentAs(folder.resolve("a/test_batch.bin"));
  }

  @Test
  void bytesEqualGoldenDigestOfThisVersion() throws IOException {
    assertThat(new SynthesizeJob().version()).isEqualTo(1);
    assertThat(synthesize(folder, 50, 10, 7).digest())
        .as("other bytes need a new version number of the job")
        .isEqualTo("a8fa7722e84b8deb6b5e769ed45c6b3bf06970786300e208c8d0db3cd8a13040");
  }

  private static JobResult synthesize(Path folder, int train, int test, long seed)
      throws IOException {
    URI uri = folder.toUri();
    return new SynthesizeJob()
        .run(
            new JobRequest<>(
                "synthesize",
                new SynthesizeJob.Parameters(train, test, seed),
                uri,
                uri,
                uri,
                Map.of(),
                ""),
            JobContext.silent());
  }
}
