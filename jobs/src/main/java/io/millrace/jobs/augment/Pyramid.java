package io.millrace.jobs.augment;

import io.millrace.jobs.files.JobFiles;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** The folders of a pyramid's datasets, named by the side in pixels. */
final class Pyramid {
  private Pyramid() {}

  static URI folder(URI artifact, int size) throws IOException {
    return JobFiles.in(artifact).path(Integer.toString(size)).toUri();
  }

  /** The sizes that an artifact has, smallest first. */
  static List<Integer> sizes(JobFiles artifact) throws IOException {
    return artifact.names().stream()
        .filter(name -> name.matches("[1-9]\\d*"))
        .map(Integer::valueOf)
        .sorted()
        .toList();
  }
}
