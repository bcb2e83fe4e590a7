package io.millrace.jobs.natives;

import io.millrace.pipeline.CannotException;
import java.util.List;

/**
 * A jar of native code, as Maven names it.
 *
 * @param group of the artifact
 * @param name of the artifact
 * @param classifier of the jar
 * @param file by which the jar is recognised on the class path
 */
public record NativeArtifact(String group, String name, String classifier, String file) {
  private static final String PLATFORM = "linux-x86_64";

  /** One of JavaCPP's for this platform. */
  public static NativeArtifact ofJavaCpp(String name, String library) {
    return new NativeArtifact(
        "org.bytedeco", name, PLATFORM, "/org/bytedeco/" + name + "/" + PLATFORM + "/" + library);
  }

  /** Whether the jar is on the class path. Loads nothing. */
  public boolean isThere() {
    return NativeArtifact.class.getResource(file) != null;
  }

  /**
   * Checks that all are on the class path.
   *
   * @param what can't be done otherwise
   * @throws CannotException if one is not; the message names it
   */
  public static void require(String what, List<NativeArtifact> all) {
    for (NativeArtifact artifact : all) {
      if (!artifact.isThere()) {
        throw new CannotException(
            what,
            "the Maven artifact %s with the classifier %s is not on the class path; add it, or take Millrace's assembled jar, which has it"
                .formatted(artifact.coordinates(), artifact.classifier()));
      }
    }
  }

  private String coordinates() {
    return group + ":" + name + ":" + MavenVersion.of(group, name);
  }
}
