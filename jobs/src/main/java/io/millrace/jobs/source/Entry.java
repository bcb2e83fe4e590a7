package io.millrace.jobs.source;

import io.millrace.jobs.shard.Split;
import java.net.URI;

/**
 * Where one picture's bytes are. Lists of entries are sorted, sampled and cut into shards; the
 * bytes themselves are read once, by the task that writes their shard.
 *
 * @param id unique in the dataset
 * @param split that it belongs to
 * @param label the class's number, or {@link #NO_LABEL}
 * @param file that holds its bytes
 * @param offset of its first byte in the file
 * @param length of it, in bytes
 * @param channels of raw pixels in CHW order; 0 if the bytes are a picture file
 * @param height of raw pixels; else 0
 * @param width of raw pixels; else 0
 */
public record Entry(
    String id,
    Split split,
    int label,
    URI file,
    long offset,
    long length,
    int channels,
    int height,
    int width) {
  /** The label of a picture without one. */
  public static final int NO_LABEL = -1;

  /** A picture file, or the part of a container that holds one. */
  public static Entry encoded(
      String id, Split split, int label, URI file, long offset, long length) {
    return new Entry(id, split, label, file, offset, length, 0, 0, 0);
  }

  /** Whether the bytes are those of a picture file. */
  public boolean isEncoded() {
    return channels == 0;
  }
}
