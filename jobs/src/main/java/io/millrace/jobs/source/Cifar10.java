package io.millrace.jobs.source;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Variant;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * CIFAR-10's binary version (Krizhevsky 2009): records of one label byte and 3 x 32 x 32 pixel
 * bytes, red, green and blue planes. An id is {@code data_batch_1#17}.
 */
@Variant("cifar10")
public record Cifar10(
    @Key("the archive (.tar.gz), the folder of batches, one .bin or one .bin.gz") Location path,
    @Key("the split of a single file whose name does not say it: train, val or test")
        Optional<Split> split)
    implements Source {
  static final int SIDE = 32;
  static final int CHANNELS = 3;
  static final int PIXELS = CHANNELS * SIDE * SIDE;
  static final int RECORD = 1 + PIXELS;

  private static final int RECORDS_AT_ONCE = 256;

  @Override
  public long estimatedBytes() {
    return Cifar10Listing.estimatedBytes(JobFiles.uri(path.text()));
  }

  @Override
  public int bytesPerPicture() {
    return RECORD;
  }

  @Override
  public Contents open(URI inflated) throws IOException {
    return new Cifar10Listing(JobFiles.uri(path.text()), split, inflated).contents();
  }

  @Override
  public void read(
      Part part, long from, long to, int classes, PictureSink pictures, Consumer<Reject> rejects)
      throws IOException {
    Path file = new Path(part.file());
    byte[] buffer = new byte[RECORDS_AT_ONCE * RECORD];
    try (FSDataInputStream in = JobFiles.fileSystem(file).open(file)) {
      in.seek(from * RECORD);
      for (long next = from; next < to; ) {
        int count = (int) Math.min(RECORDS_AT_ONCE, to - next);
        readFully(in, buffer, count * RECORD, file);
        for (int i = 0; i < count; i++, next++) {
          record(part, next, buffer, i * RECORD, classes, pictures, rejects);
        }
      }
    }
  }

  private static void record(
      Part part,
      long index,
      byte[] bytes,
      int at,
      int classes,
      PictureSink pictures,
      Consumer<Reject> rejects)
      throws IOException {
    String id = part.name() + "#" + index;
    int label = bytes[at] & 0xff;
    if (label >= classes) {
      String where = JobFiles.shown(part.file());
      rejects.accept(new Reject(id, where, "label over " + (classes - 1), RECORD));
      return;
    }
    byte[] pixels = Arrays.copyOfRange(bytes, at + 1, at + RECORD);
    pictures.accept(new Picture(id, label, SIDE, SIDE, CHANNELS, Encoding.RAW, pixels));
  }

  private static void readFully(FSDataInputStream in, byte[] buffer, int length, Path file)
      throws IOException {
    int filled = in.readNBytes(buffer, 0, length);
    if (filled < length) {
      throw new EOFException(file + " became shorter while it was read");
    }
  }
}
