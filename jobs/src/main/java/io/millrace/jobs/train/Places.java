package io.millrace.jobs.train;

import io.millrace.pipeline.job.Location;
import java.net.URI;
import org.apache.hadoop.fs.Path;

/** Locations of parameters as URIs. */
final class Places {
  /** Stands where a place does not matter. */
  static final Location NOWHERE = new Location("");

  private Places() {}

  /** The URI of an absolute path or URI. */
  static URI uri(Location location) {
    return new Path(location.text()).toUri();
  }
}
