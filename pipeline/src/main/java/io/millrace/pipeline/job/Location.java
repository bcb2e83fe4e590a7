package io.millrace.pipeline.job;

import java.io.Serializable;

/**
 * A place that a job reads from: {@code "@stage"} or {@code "@stage/part"} in a pipeline file, else
 * a path or URI. When a job runs, every reference has been replaced by the artifact's URI, and a
 * relative path by an absolute one. The binder checks that a local path exists.
 *
 * @param text the reference, path or URI
 */
public record Location(String text) implements Serializable {
  /** Whether this names another stage's artifact. */
  public boolean isReference() {
    return text.startsWith("@");
  }

  /** The stage's name in a reference {@code "@stage/part"}. */
  public String stage() {
    int slash = text.indexOf('/');
    return text.substring(1, slash < 0 ? text.length() : slash);
  }

  @Override
  public String toString() {
    return text;
  }
}
