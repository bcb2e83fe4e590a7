package io.millrace.jobs.cli;

import io.millrace.pipeline.spec.NearestPath;
import io.millrace.pipeline.store.Places;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A path or URI on the command line of something that must exist. */
final class GivenPath {
  private GivenPath() {}

  /**
   * The place as a URI. Whether one that is not local exists is seen when it is opened.
   *
   * @throws io.millrace.pipeline.ConfigurationException if it is blank, or local and does not
   *     exist; the message names the most similar path
   */
  static URI present(String pathOrUri) {
    if (pathOrUri.isBlank()) {
      throw Refusal.because(
          "'" + pathOrUri + "'", "is not a path: write the path of a file or folder");
    }
    URI place = Places.uri(pathOrUri);
    if ("file".equals(place.getScheme()) && Files.notExists(Path.of(place))) {
      throw Refusal.because(
          pathOrUri, "there is no such file or folder" + NearestPath.hint(pathOrUri));
    }
    return place;
  }
}
