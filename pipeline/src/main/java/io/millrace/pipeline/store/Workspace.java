package io.millrace.pipeline.store;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder on any Hadoop file system that holds a pipeline's artifacts, checkpoints and runs.
 * Opening one touches nothing.
 */
public final class Workspace {
  private Workspace() {}

  /**
   * @param pathOrUri a path (relative to the current directory, or absolute) or a URI; it need not
   *     exist yet
   */
  public static Workspace open(String pathOrUri) {
    return open(pathOrUri, Map.of());
  }

  /**
   * @param settings keys {@code spark.hadoop.*} configure the file system
   */
  public static Workspace open(String pathOrUri, Map<String, String> settings) {
    throw new UnsupportedOperationException(pathOrUri + settings);
  }

  /** Where it lies. */
  public URI root() {
    throw new UnsupportedOperationException();
  }

  /** Every artifact of a stage, newest first. */
  public List<StoredArtifact> artifacts(String stage) {
    throw new UnsupportedOperationException(stage);
  }

  /** The names of the stages that have an artifact, sorted. */
  public List<String> stages() {
    throw new UnsupportedOperationException();
  }

  /** The folders of the runs, newest first. */
  public List<URI> runs() {
    throw new UnsupportedOperationException();
  }

  /**
   * The manifest of the artifact in a folder, if it is one.
   *
   * @param pathOrUri an artifact's folder, in a workspace or written by a job alone
   */
  public static Optional<StoredArtifact> artifactAt(String pathOrUri) {
    throw new UnsupportedOperationException(pathOrUri);
  }
}
