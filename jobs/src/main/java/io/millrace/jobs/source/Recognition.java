package io.millrace.jobs.source;

import io.millrace.pipeline.job.ListedServices;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a file or folder was recognised as.
 *
 * @param format the source's name, e.g. {@code cifar10}
 * @param place what was looked at
 * @param keys what {@code source { }} needs beside {@code format} and {@code path}, as text by key
 *     path, e.g. {@code labels.from-name}
 * @param found what was found there, in words for a person
 */
public record Recognition(String format, URI place, Map<String, String> keys, String found) {
  /**
   * Looks at names, first bytes and the first files of archives; no picture is decoded.
   *
   * @return empty if no source reads it
   * @throws io.millrace.pipeline.CannotException if it can't be opened
   */
  public static Optional<Recognition> of(URI place) throws IOException {
    PathProbe path = PathProbe.at(place);
    for (SourceProbe probe : probes()) {
      Optional<Recognition> recognition = probe.in(path);
      if (recognition.isPresent()) {
        return recognition;
      }
    }
    return Optional.empty();
  }

  private static List<SourceProbe> probes() {
    List<SourceProbe> probes = new ArrayList<>(ListedServices.of(SourceProbe.class, "probes"));
    probes.sort(Comparator.comparing(SourceProbe::isLast));
    return probes;
  }
}
