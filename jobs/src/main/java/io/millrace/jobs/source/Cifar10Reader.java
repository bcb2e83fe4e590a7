package io.millrace.jobs.source;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.Reject;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Reads CIFAR-10 records. An id is {@code data_batch_1#17}.
 *
 * @param classes how many there are: a record with another label is a reject
 */
record Cifar10Reader(int classes) implements PartReader {
  private static final int SIDE = 32;
  private static final int CHANNELS = 3;

  /** Bytes of one record: the label, then the planes. */
  static final int RECORD = 1 + CHANNELS * SIDE * SIDE;

  private static final int RECORDS_AT_ONCE = 256;

  @Override
  public int bytesPerPicture() {
    return RECORD;
  }

  @Override
  public void read(Part part, long from, long to, PictureSink pictures, Consumer<Reject> rejects)
      throws IOException {
    Path file = new Path(part.file());
    byte[] buffer = new byte[RECORDS_AT_ONCE * RECORD];
    try (FSDataInputStream in = JobFiles.fileSystem(file).open(file)) {
      in.seek(from * RECORD);
      for (long next = from; next < to; ) {
        int count = (int) Math.min(RECORDS_AT_ONCE, to - next);
        readFully(in, buffer, count * RECORD, file);
        for (int i = 0; i < count; i++, next++) {
          record(part, next, buffer, i * RECORD, pictures, rejects);
        }
      }
    }
  }

  private void record(
      Part part, long index, byte[] bytes, int at, PictureSink pictures, Consumer<Reject> rejects)
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
