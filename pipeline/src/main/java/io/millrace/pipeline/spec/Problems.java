package io.millrace.pipeline.spec;

import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The problems found so far; they are thrown all at once. */
final class Problems {
  private record Finding(Place place, Mark mark, String message) {}

  private final List<Finding> findings = new ArrayList<>();

  void add(Place place, String message) {
    add(place, Mark.NONE, message);
  }

  /**
   * @param mark what on the line is meant
   */
  void add(Place place, Mark mark, String message) {
    if (findings.stream().noneMatch(f -> f.place.equals(place) && f.message.equals(message))) {
      findings.add(new Finding(place, mark, message));
    }
  }

  /** Ends the reading of what has no lines to show. */
  void throwIfAny() {
    throwIfAny("", new SourceLines(List.of()));
  }

  boolean isEmpty() {
    return findings.isEmpty();
  }

  /**
   * Ends the reading if anything was found.
   *
   * @param main the pipeline's own file, whose problems come before those of what it includes
   * @param lines where the lines to show come from
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
