package io.millrace.jobs.source;

import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Variant;
import java.io.IOException;
import java.net.URI;

/**
 * A format that pictures come in, as configured: {@code source { format = cifar10, path = .. }}. It
 * loses nothing: every record becomes a picture or a reject.
 */
@Variant(discriminator = "format")
public sealed interface Source permits Cifar10 {
  /** Where it lies. */
  Location path();

  /** How many bytes its pictures take as raw pixels, at most; read off the files' lengths. */
  long estimatedBytes();

  /**
   * Lists what there is.
   *
   * @param inflated a folder for what must be unpacked before it can be read in parts
   * @throws io.millrace.pipeline.CannotException if it can't be opened
   */
  Contents open(URI inflated) throws IOException;
}
