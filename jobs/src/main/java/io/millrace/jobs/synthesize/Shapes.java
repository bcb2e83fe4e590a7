package io.millrace.jobs.synthesize;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.jobs.files.JobFiles;
import io.millrace.pipeline.store.Digests;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** Painted pictures of ten classes as files in CIFAR-10's binary layout (Krizhevsky 2009). */
public final class Shapes {
  /** Bytes of a picture in its file. */
  public static final long RECORD = 1 + 3 * Painter.SIDE * Painter.SIDE;

  private static final int BATCHES = 5;
  private static final Motif[] MOTIFS = Motif.values();

  private Shapes() {}

  static int classes() {
    return MOTIFS.length;
  }

  /**
   * Writes them: the same arguments give the same bytes.
   *
   * @param train pictures, spread over five batch files
   * @param test pictures
   * @param seed of every picture
   * @param written is called with the number of pictures that were added
   * @return the digest of all files
   */
  public static String write(URI folder, int train, int test, long seed, LongConsumer written)
      throws IOException {
    MessageDigest digest = Digests.sha256();
    int first = 0;
    for (int batch = 1; batch <= BATCHES; batch++) {
      int end = (int) ((long) train * batch / BATCHES);
      write(folder, "data_batch_" + batch + ".bin", new Range(seed, first, end), digest, written);
      first = end;
    }
    // Another seed, so that the test pictures don't change with the number of training ones.
    write(folder, "test_batch.bin", new Range(~seed, 0, test), digest, written);
    String names =
        Arrays.stream(MOTIFS).map(Motif::text).collect(Collectors.joining("\n", "", "\n"));
    try (OutputStream out = open(folder, "batches.meta.txt", digest)) {
      out.write(names.getBytes(UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private record Range(long seed, int from, int to) {}

  private static void write(
      URI folder, String name, Range range, MessageDigest digest, LongConsumer written)
      throws IOException {
    try (OutputStream out = open(folder, name, digest)) {
      for (int i = range.from(); i < range.to(); i++) {
        int label = i % MOTIFS.length;
        SplittableRandom random = new SplittableRandom(range.seed() * 1_000_003L + i);
        out.write(label);
        out.write(new Painter(random.split()).paint(MOTIFS[label]));
        written.accept(1);
      }
    }
  }

  private static OutputStream open(URI folder, String name, MessageDigest digest)
      throws IOException {
    return new DigestOutputStream(JobFiles.in(folder).create(name), digest);
  }
}
