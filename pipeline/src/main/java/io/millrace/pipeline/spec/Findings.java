package io.millrace.pipeline.spec;

import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The problems found so far; they are thrown all at once. */
final class Findings {
  private record Finding(Place place, String message) {}

  private final List<Finding> findings = new ArrayList<>();

  void add(Place place, String message) {
    Finding finding = new Finding(place, message);
    if (!findings.contains(finding)) {
      findings.add(finding);
    }
  }

  boolean isEmpty() {
    return findings.isEmpty();
  }

  /**
   * Ends the reading if anything was found.
   *
   * @param main the pipeline's own file, whose problems come before those of what it includes
   */
  void throwIfAny(String main) {
    if (findings.isEmpty()) {
      return;
    }
    List<Problem> problems =
        findings.stream()
            .sorted(
                Comparator.comparing((Finding f) -> !f.place.source().equals(main))
                    .thenComparing(Finding::place))
            .map(f -> new Problem(f.place.toString(), f.message))
            .toList();
    throw new ConfigurationException(problems);
  }
}
