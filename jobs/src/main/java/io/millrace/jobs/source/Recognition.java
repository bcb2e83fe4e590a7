package io.millrace.jobs.source;

import com.typesafe.config.ConfigUtil;
import io.millrace.pipeline.job.ListedServices;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a file or folder was recognised as.
 *
 * @param format the source's name, e.g. {@code cifar10}
 * @param place the file or folder
 * @param keys what {@code source { }} needs beside {@code format} and {@code path}, as text by key
 *     path, e.g. {@code labels.from-name}
 * @param found what was found there, in words for a person
 * @param choices alternatives where the recognition is not sure
 */
public record Recognition(
    String format, URI place, Map<String, String> keys, String found, List<Choice> choices) {
  /** The key {@code leave-out}; its value is a list as in a pipeline file. */
  public static final String LEAVE_OUT = "leave-out";

  /**
   * A decision that a person may change.
   *
   * @param why a sentence that says what was taken; empty if the source itself says it
   * @param key of the source that decides it
   * @param value that it may have
   * @param others that it may have instead
   */
  public record Choice(String why, String key, String value, List<String> others) {}

  /** A recognition without alternatives. */
  public Recognition(String format, URI place, Map<String, String> keys, String found) {
    this(format, place, keys, found, List.of());
  }

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

  /** A list as a pipeline file has it. */
  public static String list(List<String> values) {
    return values.stream().map(ConfigUtil::quoteString).collect(Collectors.joining(", ", "[", "]"));
  }

  /** The same without a file or folder of it. */
  public Recognition leavingOut(String left) {
    Map<String, String> all = new LinkedHashMap<>(keys);
    String quoted = ConfigUtil.quoteString(left);
    all.merge(
        LEAVE_OUT,
        "[" + quoted + "]",
        (before, one) -> before.substring(0, before.length() - 1) + ", " + quoted + "]");
    return new Recognition(format, place, all, found, choices);
  }

  /** The same with another description. */
  public Recognition renamed(String words) {
    return new Recognition(format, place, keys, words, choices);
  }

  /** The same with one more alternative. */
  public Recognition with(Choice choice) {
    List<Choice> all = new ArrayList<>(choices);
    all.add(choice);
    return new Recognition(format, place, keys, found, all);
  }

  private static List<SourceProbe> probes() {
    List<SourceProbe> probes = new ArrayList<>(ListedServices.of(SourceProbe.class, "probes"));
    probes.sort(Comparator.comparing(SourceProbe::isLast));
    return probes;
  }
}
