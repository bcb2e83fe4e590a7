package io.millrace.pipeline.spec;

import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The problems found so far, to be thrown together. */
final class Problems {
  private record Finding(Place place, Mark mark, String message) {}

  private final List<Finding> findings = new ArrayList<>();

  void add(Place place, String message) {
    add(place, Mark.NONE, message);
  }

  /**
   * @param mark the wrong part of the line
   */
  void add(Place place, Mark mark, String message) {
    if (findings.stream().noneMatch(f -> f.place.equals(place) && f.message.equals(message))) {
      findings.add(new Finding(place, mark, message));
    }
  }

  /** Throws the problems, if there are any, of a source without lines to show. */
  void throwIfAny() {
    throwIfAny("", new SourceLines(List.of()));
  }

  boolean isEmpty() {
    return findings.isEmpty();
  }

  /**
   * Throws the problems, if there are any.
   *
   * @param main the pipeline's own file, whose problems come before those of what it includes
   * @param lines the source of the lines to show
   */
  void throwIfAny(String main, SourceLines lines) {
    if (findings.isEmpty()) {
      return;
    }
    List<Problem> problems =
        findings.stream()
            .sorted(
                Comparator.comparing((Finding f) -> !f.place.source().equals(main))
                    .thenComparing(Finding::place))
            .map(f -> new Problem(f.place.toString(), f.message, lines.excerpt(f.place, f.mark)))
            .toList();
    throw new ConfigurationException(problems);
  }
}
