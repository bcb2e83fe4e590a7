package io.millrace.jobs.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** A file's length in bytes, and its digests in lower-case hex. */
record Content(long bytes, String md5, String sha256) {
  private static final int BUFFER_BYTES = 1 << 20;

  /** Reads a file from its beginning; reports the length of every piece. */
  static Content of(FileChannel file, LongConsumer read) throws IOException {
    MessageDigest md5 = digest("MD5");
    MessageDigest sha256 = digest("SHA-256");
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    long bytes = 0;
    for (int n = file.read(buffer, 0); n >= 0; n = file.read(buffer, bytes)) {
      bytes += n;
      md5.update(buffer.array(), 0, n);
      sha256.update(buffer.array(), 0, n);
      buffer.clear();
      read.accept(n);
    }
    return new Content(bytes, hex(md5), hex(sha256));
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + name, e);
    }
  }
}
