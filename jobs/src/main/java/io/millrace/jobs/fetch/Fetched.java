package io.millrace.jobs.fetch;

import java.net.URI;

/**
 * A file that is there and verified.
 *
 * @param name its public name
 * @param url its address
 * @param bytes its length
 * @param md5 of its content, in hex
 * @param sha256 of its content, in hex
 * @param alreadyThere whether it was there before
 * @param verified how it was verified: {@code md5}, {@code sha256} or {@code size}
 */
public record Fetched(
    String name,
    URI url,
    long bytes,
    String md5,
    String sha256,
    boolean alreadyThere,
    String verified) {

  static Fetched of(PublicFile file, URI url, Content content, boolean alreadyThere) {
    String verified =
        file.sha256().isPresent() ? "sha256" : file.md5().isPresent() ? "md5" : "size";
    return new Fetched(
        file.name(), url, content.bytes(), content.md5(), content.sha256(), alreadyThere, verified);
  }
}
