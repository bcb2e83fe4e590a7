package io.millrace.jobs.cli;

import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.plan.Selection;
import io.millrace.pipeline.spec.PipelineReader;
import io.millrace.pipeline.spec.PipelineSpec;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** What {@code run} and {@code plan} are told: a file, changes to it, and which stages. */
final class PipelineOptions {
  private static final String SET = "--set";
  private static final String ONLY = "--only";
  private static final String FROM = "--from";
  private static final String FORCE = "--force";

  private PipelineOptions() {}

  static void addTo(CommandSpec spec) {
    addFileTo(spec);
    addSelectionTo(spec);
  }

  /** The file and changes to it. */
  static void addFileTo(CommandSpec spec) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .paramLabel("FILE")
            .type(String.class)
            .description("The pipeline file (HOCON).")
            .build());
    spec.addOption(
        Options.repeated(
            SET, "KEY=VALUE", "Set a key of the file, such as params.epochs=10 or workspace=DIR."));
  }

  private static void addSelectionTo(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder(ONLY)
            .arity("1")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .splitRegex(",")
            .paramLabel("STAGE")
            .description("Only this stage and whatever it needs.")
            .build());
    spec.addOption(Options.valued(FROM, "STAGE", "Do this stage and all that hangs on it anew."));
    spec.addOption(
        OptionSpec.builder(FORCE)
            .arity("1")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("[=STAGE]")
            .hideParamSyntax(true)
            .description("Do this stage anew; without a name, every stage.")
            .build());
  }

  /**
   * Reads the pipeline file.
   *
   * @throws ConfigurationException with every problem
   */
  static PipelineSpec pipeline(ParseResult parsed, JobCatalogue jobs) {
    String file = parsed.matchedPositionalValue(0, "");
    Path path;
    try {
      path = Path.of(file);
    } catch (InvalidPathException e) {
      throw new ConfigurationException(List.of(new Problem(file, "is no path: " + e.getReason())));
    }
    return PipelineReader.read(path, Options.values(parsed, SET), jobs);
  }

  static Selection selection(ParseResult parsed) {
    List<String> force = Options.values(parsed, FORCE);
    return new Selection(
        Options.values(parsed, ONLY),
        Optional.ofNullable(parsed.matchedOptionValue(FROM, (String) null)),
        force.stream().filter(stage -> !stage.isEmpty()).toList(),
        force.contains(""));
  }
}
