package io.millrace.jobs.fetch;

import io.millrace.jobs.testing.ScriptedServer;
import io.millrace.pipeline.job.JobContext;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** A file of 300,000 bytes, what is known of it, and an impatient client. */
final class Served {
  static final String NAME = "data.bin";
  static final byte[] BYTES = bytes(1);
  static final byte[] OTHERS = bytes(2);

  /** Eight tries, like the usual one, in no time. */
  static final Patience QUICK =
      new Patience(
          Collections.nCopies(7, Duration.ofMillis(1)),
          100,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10));

  private Served() {}

  private static byte[] bytes(long seed) {
    byte[] bytes = new byte[300_000];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static PublicFile known(Path folder) throws IOException {
    return known(folder, NAME, BYTES);
  }

  /** A file of which length and md5 are published. */
  static PublicFile known(Path folder, String name, byte[] bytes) throws IOException {
    Content content = content(folder, bytes);
    return new PublicFile(
        name, OptionalLong.of(bytes.length), Optional.of(content.md5()), Optional.empty());
  }

  static Content content(Path folder, byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("digested"), bytes);
    try (FileChannel channel = FileChannel.open(file)) {
      return Content.of(channel, n -> {});
    } finally {
      Files.delete(file);
    }
  }

  /** A file of which nothing is published. */
  static PublicFile unknown() {
    return new PublicFile(NAME, OptionalLong.empty(), Optional.empty(), Optional.empty());
  }

  static PublicDataset dataset(URI from, PublicFile... files) {
    return new PublicDataset("shapes", from, "Free.", List.of(files));
  }

  static List<Fetched> fetch(ScriptedServer server, PublicFile file, Path folder)
      throws InterruptedException {
    return fetch(server, file, folder, QUICK, JobContext.silent());
  }

  static List<Fetched> fetch(
      ScriptedServer server, PublicFile file, Path folder, Patience patience, JobContext context)
      throws InterruptedException {
    PublicDataset dataset = dataset(server.address(), file);
    return new Fetch(dataset, Optional.empty(), patience, context).into(folder);
  }

  /** What a process that was killed after so many bytes leaves. */
  static void leavePart(Path folder, byte[] bytes, int length, Optional<FileVersion> origin)
      throws IOException {
    try (PartFile part = PartFile.of(folder.resolve(NAME), "fetch shapes")) {
      if (origin.isPresent()) {
        part.begin(origin.get());
      }
      part.append(ByteBuffer.wrap(bytes, 0, length));
    }
  }

  static FileVersion origin(ScriptedServer server, String etag) {
    return new FileVersion(
        server.address().resolve(NAME).toString(), etag, "", OptionalLong.of(BYTES.length));
  }

  /** Keeps what it is told. */
  static final class Ear implements JobContext {
    final List<String> notices = Collections.synchronizedList(new ArrayList<>());
    final List<Long> totals = Collections.synchronizedList(new ArrayList<>());
    final List<Long> steps = Collections.synchronizedList(new ArrayList<>());

    @Override
    public Progress progress(String label, long total, String unit) {
      if (label.equals(NAME)) {
        totals.add(total);
      }
      return new Progress() {
        @Override
        public void advance(long n) {
          if (label.equals(NAME)) {
            steps.add(n);
          }
        }

        @Override
        public void note(String text) {}

        @Override
        public void close() {}
      };
    }

    @Override
    public void event(String kind, Map<String, ?> fields) {}

    @Override
    public void notice(String sentence) {
      notices.add(sentence);
    }
  }
}
