package io.millrace.jobs.container;

import io.millrace.jobs.files.ReadAt;
import java.io.EOFException;
import java.util.Arrays;
import java.util.Random;

/** A file in memory, and ways to damage one. */
public record Bytes(byte[] content) implements ReadAt {
  @Override
  public long length() {
    return content.length;
  }

  @Override
  public void read(long position, byte[] into, int at, int length) throws EOFException {
    if (position < 0 || length > content.length - position) {
      throw new EOFException("read past the end: a reader must look before");
    }
    System.arraycopy(content, (int) position, into, at, length);
  }

  @Override
  public void close() {}

  /**
   * A damaged copy: cut, zeroed in part, or with other bytes.
   *
   * @param block where each block of so many bytes begins, there is a header
   * @param header so many bytes of each block get most of the damage
   */
  Bytes damaged(Random random, int block, int header) {
    byte[] copy = content.clone();
    switch (random.nextInt(8)) {
      case 0 -> copy = Arrays.copyOf(copy, random.nextInt(copy.length));
      case 1 -> {
        int from = random.nextInt(copy.length);
        Arrays.fill(copy, from, Math.min(copy.length, from + random.nextInt(3 * block)), (byte) 0);
      }
      default -> {
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
          int at = random.nextInt(copy.length);
          if (random.nextInt(8) > 0) {
            at = at / block * block + random.nextInt(header);
          }
          copy[Math.min(at, copy.length - 1)] =
              (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(4));
        }
      }
    }
    return new Bytes(copy);
  }
}
