package io.millrace.jobs.source;

import java.io.IOException;
import java.util.Optional;

/**
 * How one source is recognised. The probes are found through {@link
 * io.millrace.pipeline.job.ListedServices} and asked in the order of their list, from the most
 * specific format to the least; a jar may list its own.
 */
public interface SourceProbe {
  /**
   * Looks at names, first bytes and the first files of archives; it decodes no picture.
   *
   * @return empty if the source does not read it
   * @throws io.millrace.pipeline.CannotException if it can't be opened
   */
  Optional<Recognition> in(PathProbe path) throws IOException;

  /** Whether it takes what no other source reads; it is then asked after all others. */
  default boolean isLast() {
    return false;
  }
}
