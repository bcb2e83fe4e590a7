package io.millrace.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.testing.CifarFiles;
import io.millrace.jobs.testing.Ingests;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFilesTest {
  private static final int SIDE = 4;
  private static final int PIXELS = SIDE * SIDE;

  @TempDir Path folder;

  @Test
  void filesArePairedByName() throws Exception {
    write("train-images-idx3-ubyte.gz", CifarFiles.gzip(pictures(5, 5)));
    write("train-labels-idx1-ubyte", labels(5, 3, 1, 4, 1, 5));
    write("t10k-images-idx3-ubyte", pictures(2, 2));
    write("t10k-labels-idx1-ubyte.gz", CifarFiles.gzip(labels(2, 0, 9)));
    write("readme.md", new byte[3]);
    Ingests.Found found = list(folder);
    assertThat(found.contents().classes().names()).hasSize(10).startsWith("0");
    assertThat(found.ignored()).isEqualTo(3);
    assertThat(found.rejects()).isEmpty();
    assertThat(found.entries())
        .extracting(entry -> entry.id() + " " + entry.label() + " " + entry.split())
        .containsExactlyInAnyOrder(
            "train#0 3 TRAIN",
            "train#1 1 TRAIN",
            "train#2 4 TRAIN",
            "train#3 1 TRAIN",
            "train#4 5 TRAIN",
            "t10k#0 0 TEST",
            "t10k#1 9 TEST");
    Entry second = found.entries().stream().filter(e -> e.id().equals("t10k#1")).findFirst().get();
    assertThat(second.offset()).isEqualTo(16 + PIXELS);
    assertThat(second.length()).isEqualTo(PIXELS);
    assertThat(second.split()).isEqualTo(Split.TEST);
  }

  @Test
  void oneFileFindsItsLabelsBeside() throws Exception {
    Path images = write("emnist-letters-train-images-idx3-ubyte", pictures(2, 2));
    write("emnist-letters-train-labels-idx1-ubyte", labels(2, 1, 2));
    assertThat(list(images).entries())
        .extracting(Entry::id)
        .containsExactly("emnist-letters-train#0", "emnist-letters-train#1");
  }

  @Test
  void missingLabelsAreNamed() throws Exception {
    write("train-images-idx3-ubyte", pictures(2, 2));
    assertThatThrownBy(() -> list(folder))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("train-labels-idx1-ubyte");
  }

  @Test
  void whatIsMissingOrTooMuchIsRejected() throws Exception {
    write("train-images-idx3-ubyte", pictures(3, 3));
    write("train-labels-idx1-ubyte", labels(2, 1, 2));
    Ingests.Found few = list(folder);
    assertThat(few.entries()).hasSize(2);
    assertThat(few.rejects())
        .extracting(Reject::reason)
        .containsExactly("no label: the labels' file is shorter");

    write("train-images-idx3-ubyte", Arrays.copyOf(pictures(3, 3), 16 + 2 * PIXELS + 5));
    write("train-labels-idx1-ubyte", labels(3, 1, 2, 3));
    Ingests.Found cut = list(folder);
    assertThat(cut.entries()).hasSize(2);
    assertThat(cut.rejects())
        .extracting(reject -> reject.id() + " " + reject.reason() + " " + reject.bytes())
        .containsExactly("train#2 the file ends within a picture 5");
  }

  @Test
  void anAbsurdHeadCostsNothing() throws Exception {
    byte[] head = pictures(3, Integer.MAX_VALUE);
    write("train-images-idx3-ubyte", head);
    write("train-labels-idx1-ubyte", labels(3, 1, 2, 3));
    assertThat(list(folder).entries()).hasSize(3);
    ByteBuffer.wrap(head).putInt(8, 1 << 30);
    write("train-images-idx3-ubyte", head);
    assertThat(list(folder).rejects()).extracting(Reject::reason).containsExactly("no idx file");
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private Ingests.Found list(Path path) throws IOException {
    Idx source =
        new Idx(
            new Location(path.toString()),
            List.of(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            new Share(1));
    return Ingests.list(source, folder.resolveSibling(folder.getFileName() + "-inflated"));
  }

  private static byte[] pictures(int there, int claimed) {
    ByteBuffer file = ByteBuffer.allocate(16 + there * PIXELS);
    file.putInt(0x803).putInt(claimed).putInt(SIDE).putInt(SIDE);
    while (file.hasRemaining()) {
      file.put((byte) file.position());
    }
    return file.array();
  }

  private static byte[] labels(int claimed, int... labels) {
    ByteBuffer file = ByteBuffer.allocate(8 + labels.length);
    file.putInt(0x801).putInt(claimed);
    for (int label : labels) {
      file.put((byte) label);
    }
    return file.array();
  }
}
