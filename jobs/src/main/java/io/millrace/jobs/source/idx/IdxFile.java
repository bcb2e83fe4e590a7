package io.millrace.jobs.source.idx;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The head of an idx file of unsigned bytes.
 *
 * @param file unpacked
 * @param items that it claims to hold
 * @param height of an item; 1 of labels
 * @param width of an item; 1 of labels
 * @param offset of the first item
 * @param length of the file
 */
record IdxFile(URI file, long items, int height, int width, int offset, long length) {
  private static final int LABELS = 0x801;
  private static final int PICTURES = 0x803;
  private static final int LABELS_HEAD = 8;
  private static final int PICTURES_HEAD = 16;

  /** If pictures seem to be larger, it is not an idx file. */
  private static final int LARGEST_SIDE = 1 << 14;

  /** Reads the head; empty if it is not an idx file of pictures or labels. */
  static Optional<IdxFile> read(URI file) throws IOException {
    try (ReadAt in = JobFiles.readAt(file)) {
      int known = (int) Math.min(PICTURES_HEAD, in.length());
      return of(file, in.read(0, known), in.length());
    }
  }

  /** The same of a file's first bytes, as many as there are up to 16. */
  static Optional<IdxFile> of(URI file, byte[] first, long length) {
    if (first.length < LABELS_HEAD) {
      return Optional.empty();
    }
    ByteBuffer head = ByteBuffer.wrap(first);
    int magic = head.getInt();
    long items = Integer.toUnsignedLong(head.getInt());
    if (magic == LABELS) {
      return Optional.of(new IdxFile(file, items, 1, 1, LABELS_HEAD, length));
    }
    if (magic != PICTURES || first.length < PICTURES_HEAD) {
      return Optional.empty();
    }
    int height = head.getInt();
    int width = head.getInt();
    boolean sane = height > 0 && width > 0 && height <= LARGEST_SIDE && width <= LARGEST_SIDE;
    return sane
        ? Optional.of(new IdxFile(file, items, height, width, PICTURES_HEAD, length))
        : Optional.empty();
  }

  boolean isLabels() {
    return offset == LABELS_HEAD;
  }

  int itemBytes() {
    return height * width;
  }

  /** How many complete items there are. */
  long whole() {
    return Math.min(items, (length - offset) / itemBytes());
  }

  /** Whether it holds what it claims, and no more. */
  boolean isWhole() {
    return whole() == items && tail() == 0;
  }

  /** Bytes after the complete items; should be 0. */
  long tail() {
    return length - offset - whole() * itemBytes();
  }
}
