package io.millrace.jobs.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Where the driver of a run is. */
enum DeployMode {
  /** In this process. */
  CLIENT,
  /** On the cluster. */
  CLUSTER;

  private static final String OPTION = "--deploy-mode";

  static OptionSpec option() {
    List<String> names = Arrays.stream(values()).map(DeployMode::text).toList();
    return OptionSpec.builder(OPTION)
        .arity("1")
        .type(String.class)
        .paramLabel("MODE")
        .completionCandidates(names)
        .description(
            "Where the driver runs: client (the default) is this process; cluster submits the"
                + " run, waits for its end and prints its results.")
        .build();
  }

  static DeployMode of(ParseResult parsed) {
    String given = parsed.matchedOptionValue(OPTION, CLIENT.text());
    return Arrays.stream(values())
        .filter(mode -> mode.text().equals(given))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.because(
                    OPTION,
                    "'"
                        + given
                        + "' can't be used: write "
                        + Arrays.stream(values())
                            .map(DeployMode::text)
                            .collect(Collectors.joining(" or "))));
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
