package io.millrace.jobs.source.cifar;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.jobs.source.GivenFiles;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** The names of CIFAR's classes, read from a file. */
final class CifarNames {
  private CifarNames() {}

  /** Of a text with a name in each line. */
  static List<String> of(URI file, String place, CifarLayout layout) throws IOException {
    try (InputStream in = GivenFiles.open(new Path(file))) {
      List<String> lines =
          new String(in.readAllBytes(), UTF_8)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
      return right(lines, place, layout);
    }
  }

  /**
   * Returns the names if there are as many as classes.
   *
   * @throws CannotException if not
   */
  static List<String> right(List<String> told, String place, CifarLayout layout) {
    if (told.size() != layout.officialNames().size()) {
      throw new CannotException(
          "read " + place,
          "it names %d classes, %s has %d; fix or remove it"
              .formatted(told.size(), layout.format(), layout.officialNames().size()));
    }
    return told;
  }
}
