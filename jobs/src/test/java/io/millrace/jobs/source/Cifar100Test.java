package io.millrace.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.shard.Split;
import io.millrace.jobs.testing.Ingests;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar100Test {
  private static final int RECORD = 3074;

  @TempDir Path folder;

  @Test
  void eitherLabelCounts() throws Exception {
    byte[] batch = new byte[2 * RECORD];
    batch[0] = 4;
    batch[1] = 51;
    batch[RECORD] = 19;
    batch[RECORD + 1] = 99;
    Files.write(folder.resolve("train.bin"), batch);
    Files.write(folder.resolve("test.bin"), batch);
    Files.writeString(folder.resolve("coarse_label_names.txt"), "c\n".repeat(20));

    Ingests.Found fine = list(Cifar100.Labels.FINE);
    assertThat(fine.contents().classes().names()).hasSize(100).startsWith("apple").endsWith("worm");
    assertThat(fine.entries()).extracting(Entry::label).containsExactly(51, 99, 51, 99);
    assertThat(fine.entries()).extracting(Entry::split).contains(Split.TRAIN, Split.TEST);
    assertThat(fine.entries().get(1).offset()).isEqualTo(RECORD + 2);
    assertThat(fine.ignored()).isEqualTo(1);

    Ingests.Found coarse = list(Cifar100.Labels.COARSE);
    assertThat(coarse.contents().classes().names()).hasSize(20).containsOnly("c");
    assertThat(coarse.entries()).extracting(Entry::label).containsExactly(4, 19, 4, 19);
  }

  private Ingests.Found list(Cifar100.Labels labels) throws IOException {
    Location location = new Location(folder.toString());
    return Ingests.list(
        new Cifar100(location, labels, Optional.empty(), List.of(), Optional.empty(), new Share(1)),
        folder.resolve("inflated"));
  }
}
