package io.millrace.jobs.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.shard.Dataset;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.ContentWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobFilesTest {
  @TempDir Path folder;

  private List<String> lines(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name));
  }

  private static ContentWriter text(String text) {
    return out -> out.write(text.getBytes(UTF_8));
  }

  /** A process may be killed at any moment, so the file must exist at every moment. */
  @Test
  void replacesFileAtomically() throws Exception {
    JobFiles files = JobFiles.in(folder.toUri());
    files.write("checkpoint", text("old"));
    try (WatchService watch = folder.getFileSystem().newWatchService()) {
      folder.register(watch, ENTRY_CREATE, ENTRY_DELETE);
      files.write("checkpoint", text("new"));
      assertThat(untilItIsThere(watch, "checkpoint")).isEmpty();
    }
    assertThat(lines("checkpoint")).containsExactly("new");
  }

  /** What was told of a file, up to its creation. */
  private static List<WatchEvent.Kind<?>> untilItIsThere(WatchService watch, String name)
      throws InterruptedException {
    List<WatchEvent.Kind<?>> told = new ArrayList<>();
    for (WatchKey key = watch.poll(1, TimeUnit.MINUTES);
        key != null;
        key = watch.poll(1, TimeUnit.MINUTES)) {
      for (WatchEvent<?> event : key.pollEvents()) {
        if (event.context().toString().equals(name)) {
          if (event.kind() == ENTRY_CREATE) {
            return told;
          }
          told.add(event.kind());
        }
      }
      key.reset();
    }
    throw new AssertionError(name + " was never made");
  }

  @Test
  void failedWriteKeepsTheOldFile() throws IOException {
    JobFiles files = JobFiles.in(folder.toUri());
    files.write("below/x", text("old"));
    assertThatThrownBy(
            () ->
                files.write(
                    "below/x",
                    out -> {
                      text("ne").writeTo(out);
                      throw new IOException("the disk is full");
                    }))
        .hasMessage("the disk is full");
    assertThat(lines("below/x")).containsExactly("old");
    assertThat(JobFiles.in(folder.resolve("below").toUri()).names()).containsExactly("x");
  }

  /** Checkpoints are large, and a training may be killed many times. */
  @Test
  void overwritesUnfinishedFileOfKilledAttempt() throws IOException {
    Files.writeString(folder.resolve(".x.unfinished"), "half of what was longer");
    JobFiles files = JobFiles.in(folder.toUri());
    files.write("x", text("whole"));
    assertThat(files.names()).containsExactly("x");
    assertThat(lines("x")).containsExactly("whole");
  }

  /** Hadoop knows the class of the first, which the jar leaves out, and nothing of the second. */
  @ParameterizedTest
  @ValueSource(strings = {"s3a", "gopher"})
  void namesMissingFileSystemModule(String scheme) {
    URI place = URI.create(scheme + "://bucket/shards");
    assertThatThrownBy(() -> JobFiles.in(place))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(scheme + "://")
        .hasMessageContaining("class path");
    assertThatThrownBy(() -> Dataset.open(place))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("class path");
  }
}
