package io.millrace.pipeline.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The contents of {@code _artifact.json}. An artifact exists if and only if this file does; it is
 * written last.
 *
 * @param stage the stage's name, or the job's name when it ran alone
 * @param identity everything that decided the result
 * @param fingerprint hex digest of the identity
 * @param digest hex digest of the content, from the job
 * @param metrics the job's figures
 * @param headline the main figure
 * @param created when it was published
 * @param seconds how long the job took
 * @param reproduce the command that makes it again
 * @param files every file except this one, sorted by path
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

  /**
   * A page about an artifact, which {@code look} writes into its folder; it is not part of the
   * artifact.
   */
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
