package io.millrace.pipeline.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What {@code _artifact.json} says. An artifact exists if and only if this file does; it is written
 * last.
 *
 * @param stage the stage's name, or the job's name when it ran alone
 * @param identity all that decided the result
 * @param fingerprint hex digest of the identity
 * @param digest hex digest of the content, as the job gave it
 * @param metrics the job's figures
 * @param headline the main figure
 * @param created when it was published
 * @param seconds how long the job took
 * @param reproduce the command that makes it again
 * @param files every file but this one, sorted by path
 */
public record ArtifactManifest(
    String stage,
    Identity identity,
    String fingerprint,
    String digest,
    Map<String, Object> metrics,
    String headline,
    Instant created,
    double seconds,
    String reproduce,
    List<StoredFile> files) {
  /** The manifest's file name. */
  public static final String FILE = "_artifact.json";

  /** A page about an artifact that a person had put beside it; it is no part of it. */
  public static final String PAGE = "_look.html";

  ArtifactManifest with(List<StoredFile> found) {
    return new ArtifactManifest(
        stage,
        identity,
        fingerprint,
        digest,
        metrics,
        headline,
        created,
        seconds,
        reproduce,
        List.copyOf(found));
  }
}
