package io.millrace.pipeline.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.CannotException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both storages must give the same answers. */
class HadoopStorageTest {
  @TempDir Path folder;
  private FileSystem files;
  private URI place;
  private List<Storage> both;

  @BeforeEach
  void open() throws IOException {
    files = new RawLocalFileSystem();
    place = Places.ofLocal(folder);
    files.initialize(place, new Configuration(false));
    both = List.of(new HadoopStorage(place, files), new LocalStorage());
  }

  @AfterEach
  void closeFiles() throws IOException {
    files.close();
  }

  private static String text(Storage storage, URI file) throws IOException {
    return new String(storage.read(file).orElseThrow(), UTF_8);
  }

  /**
   * Hadoop has the name of a class for the first, but not the class, and nothing for the second.
   */
  @ParameterizedTest
  @ValueSource(strings = {"s3a", "gopher"})
  void namesMissingFileSystemAndWhatToAdd(String scheme) {
    URI place = URI.create(scheme + "://bucket/work");
    assertThatThrownBy(() -> Storage.of(place, Map.of()))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith(
            "Cannot open %s: no file system for %s:// is on the class path; ", place, scheme)
        .hasMessageContaining("MILLRACE_CLASSPATH")
        .hasMessageContaining(scheme.equals("s3a") ? "org.apache.hadoop:hadoop-aws:3." : "module");
  }

  @Test
  void deletesEmptyFoldersOnly() throws IOException {
    for (Storage storage : both) {
      URI work = storage.child(place, "work");
      URI file = storage.child(work, "stage/file");
      storage.deleteEmpty(work);
      storage.write(file, "1".getBytes(UTF_8));
      storage.deleteEmpty(work);
      assertThat(text(storage, file)).isEqualTo("1");
      storage.delete(storage.child(work, "stage"));
      storage.deleteEmpty(work);
      assertThat(storage.exists(work)).isFalse();
    }
  }

  /** As S3 does where another process writes a lease between its two answers. */
  @Test
  void rereadsFileReplacedDuringRead() throws IOException {
    URI file = URI.create(place + "/lease.json");
    both.get(0).write(file, "1".getBytes(UTF_8));
    AtomicInteger left = new AtomicInteger(2);
    FileSystem changing =
        new FilterFileSystem(files) {
          @Override
          public FSDataInputStream open(org.apache.hadoop.fs.Path path, int buffer)
              throws IOException {
            if (left.getAndDecrement() > 0) {
              throw new RemoteFileChangedException(path.toString());
            }
            return super.open(path, buffer);
          }
        };
    assertThat(text(new HadoopStorage(place, changing), file)).isEqualTo("1");
    left.set(Integer.MAX_VALUE);
    assertThatThrownBy(() -> new HadoopStorage(place, changing).read(file))
        .isInstanceOf(RemoteFileChangedException.class);
  }

  /** Of the name that hadoop-aws gives it. */
  private static final class RemoteFileChangedException extends PathIOException {
    private static final long serialVersionUID = 1L;

    RemoteFileChangedException(String path) {
      super(path);
    }
  }

  @Test
  void writeReplacesWholeFile() throws IOException {
    for (Storage storage : both) {
      URI file = storage.child(place, "a ü/x%20 y.txt");
      assertThat(storage.read(file)).isEmpty();
      storage.write(file, "1".getBytes(UTF_8));
      storage.write(file, "22".getBytes(UTF_8));
      assertThat(text(storage, file)).isEqualTo("22");
      assertThat(storage.children(storage.child(place, "a ü"))).containsExactly("x%20 y.txt");
      assertThat(storage.children(storage.child(place, "none"))).isEmpty();
      storage.delete(storage.child(place, "a ü"));
      storage.delete(storage.child(place, "a ü"));
      assertThat(storage.exists(file)).isFalse();
    }
  }

  @Test
  void failedWriteKeepsTheOldFile() throws IOException {
    for (Storage storage : both) {
      URI file = storage.child(place, "kept/x");
      storage.write(file, "old".getBytes(UTF_8));
      assertThatThrownBy(() -> storage.write(file, "mark", HadoopStorageTest::half))
          .hasMessage("the disk is full");
      assertThat(text(storage, file)).isEqualTo("old");
      assertThat(storage.children(storage.child(place, "kept"))).containsExactly("x");
    }
  }

  private static void half(OutputStream out) throws IOException {
    out.write("ne".getBytes(UTF_8));
    out.flush();
    throw new IOException("the disk is full");
  }

  /** There, closing a stream is what makes an object appear. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void failedWriteToObjectStoreKeepsTheOldObject(boolean abortable) throws IOException {
    URI file = URI.create(place + "/object");
    Storage storage = new HadoopStorage(URI.create("s3a://b/"), new Objects(files, abortable));
    storage.write(file, "old".getBytes(UTF_8));
    assertThatThrownBy(() -> storage.write(file, "mark", HadoopStorageTest::half))
        .hasMessage("the disk is full");
    assertThat(text(storage, file)).isEqualTo("old");
    assertThat(storage.children(place)).containsExactly("object");
  }

  /** Files that appear when they are closed, as objects do. */
  private static final class Objects extends FilterFileSystem {
    private final boolean abortable;

    Objects(FileSystem files, boolean abortable) {
      super(files);
      this.abortable = abortable;
    }

    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path path,
        FsPermission permission,
        boolean overwrite,
        int buffer,
        short replication,
        long blockSize,
        Progressable progress) {
      return new FSDataOutputStream(new Upload(path), null);
    }

    private final class Upload extends ByteArrayOutputStream
        implements Abortable, StreamCapabilities {
      private final org.apache.hadoop.fs.Path path;
      private boolean ended;

      Upload(org.apache.hadoop.fs.Path path) {
        this.path = path;
      }

      @Override
      public boolean hasCapability(String capability) {
        return abortable && capability.equals(StreamCapabilities.ABORTABLE_STREAM);
      }

      @Override
      public AbortableResult abort() {
        ended = true;
        return null;
      }

      @Override
      public void close() throws IOException {
        if (!ended) {
          ended = true;
          try (OutputStream out = getRawFileSystem().create(path, true)) {
            writeTo(out);
          }
        }
      }
    }
  }

  @Test
  void flushedLinesAreReadableBeforeClose() throws IOException {
    for (Storage storage : both) {
      URI file = storage.child(place, storage.getClass().getSimpleName() + "/events");
      try (OutputStream out = storage.stream(file)) {
        out.write("line\n".getBytes(UTF_8));
        out.flush();
        assertThat(text(storage, file)).isEqualTo("line\n");
      }
    }
  }

  @Test
  void movesFolderWithItsContents() throws IOException {
    for (Storage storage : both) {
      URI from = storage.child(place, "from");
      URI to = storage.child(place, "deep/er/to");
      storage.write(storage.child(from, "split=train/p.bin"), new byte[3]);
      storage.rename(from, to);
      assertThat(storage.exists(from)).isFalse();
      assertThat(storage.isFolder(to)).isTrue();
      assertThat(storage.walk(to, Optional.empty()))
          .extracting(Storage.Seen::path)
          .containsExactly("split=train/", "split=train/p.bin");
      storage.delete(to);
    }
  }

  @Test
  void bothStoragesListTheSameFiles() throws IOException {
    both.get(1).write(both.get(1).child(place, "b/c"), new byte[7]);
    both.get(1).write(both.get(1).child(place, "a"), new byte[5]);
    List<List<String>> seen =
        both.stream()
            .map(
                storage -> {
                  try {
                    return storage.walk(place, Optional.empty()).stream()
                        .map(s -> s.path() + " " + s.bytes() + " " + time(s.mark()))
                        .toList();
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                })
            .toList();
    assertThat(seen.get(0)).isEqualTo(seen.get(1)).hasSize(3);
  }

  private static long time(String mark) {
    return mark.isEmpty() ? 0 : Instant.parse(mark).toEpochMilli();
  }

  @Test
  void publishesAndReplacesArtifact() throws IOException {
    for (Storage storage : both) {
      URI artifact = storage.child(place, "artifact");
      for (int bytes = 1; bytes < 3; bytes++) {
        URI attempt = storage.child(place, "attempt");
        storage.write(storage.child(attempt, "part"), new byte[bytes]);
        StoredArtifact made =
            Publication.publish(
                storage, attempt, artifact, WorkspaceTest.manifest("x", Instant.EPOCH));
        assertThat(Publication.manifest(storage, artifact)).contains(made);
        assertThat(Publication.damage(storage, made)).isEmpty();
        assertThat(made.manifest().files()).containsExactly(new StoredFile("part", bytes));
      }
    }
  }
}
