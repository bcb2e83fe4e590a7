package io.millrace.pipeline.store;

/**
 * An input of a stage from another stage.
 *
 * @param reference as written, {@code "@stage"} or {@code "@stage/part"}
 * @param digest the digest of that stage's artifact
 */
public record Input(String reference, String digest) {
  /** {@code "@stage"}, without the part. */
  public String stage() {
    int slash = reference.indexOf('/');
    return slash < 0 ? reference : reference.substring(0, slash);
  }
}
