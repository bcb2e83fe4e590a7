package io.millrace.jobs.cli;

import io.millrace.pipeline.spec.NearestPath;
import io.millrace.pipeline.store.Places;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A path or URI on the command line that something must lie at. */
final class GivenPath {
  private GivenPath() {}

  /**
   * The place. Of what is not local only opening it will say whether it is there.
   *
   * @throws io.millrace.pipeline.ConfigurationException if it is blank, or local and not there,
   *     naming the path that is most like it
   */
  static URI present(String pathOrUri) {
    if (pathOrUri.isBlank()) {
      throw Refusal.because("'" + pathOrUri + "'", "is no path: write that of a file or folder");
    }
    URI place = Places.uri(pathOrUri);
    if ("file".equals(place.getScheme()) && Files.notExists(Path.of(place))) {
      throw Refusal.because(
          pathOrUri, "there is no such file or folder" + NearestPath.hint(pathOrUri));
    }
    return place;
  }
}
