package io.millrace.jobs.fetch;

import io.millrace.pipeline.text.Amounts;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One file of a public dataset, as the table describes it.
 *
 * @param name its public name, without folders
 * @param bytes its length
 * @param md5 32 lower-case hex digits
 * @param sha256 64 lower-case hex digits
 */
public record PublicFile(
    String name, OptionalLong bytes, Optional<String> md5, Optional<String> sha256) {

  /** Whether a checksum is known, so that more than the length can be verified. */
  public boolean hasChecksum() {
    return md5.isPresent() || sha256.isPresent();
  }

  /** How a content differs from this file, as text; empty if it does not, as far as is known. */
  Optional<String> difference(Content content) {
    if (bytes.isPresent() && bytes.getAsLong() != content.bytes()) {
      return Optional.of(
          Amounts.count(content.bytes(), "byte")
              + ", expected "
              + Amounts.count(bytes.getAsLong()));
    }
    return difference("md5", content.md5(), md5)
        .or(() -> difference("sha256", content.sha256(), sha256));
  }

  private static Optional<String> difference(String kind, String is, Optional<String> expected) {
    return expected
        .filter(wanted -> !wanted.equals(is))
        .map(wanted -> kind + " " + is + ", expected " + wanted);
  }
}
