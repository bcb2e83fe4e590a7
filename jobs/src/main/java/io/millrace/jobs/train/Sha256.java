package io.millrace.jobs.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/** SHA-256 over arrays of floats. */
final class Sha256 {
  private static final int CHUNK_FLOATS = 1 << 12;

  private Sha256() {}

  /** Adds floats, little-endian. */
  static void update(MessageDigest digest, float[] values) {
    byte[] chunk = new byte[CHUNK_FLOATS * Float.BYTES];
    ByteBuffer floats = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += CHUNK_FLOATS) {
      int count = Math.min(CHUNK_FLOATS, values.length - from);
      floats.asFloatBuffer().put(values, from, count);
      digest.update(chunk, 0, count * Float.BYTES);
    }
  }
}
