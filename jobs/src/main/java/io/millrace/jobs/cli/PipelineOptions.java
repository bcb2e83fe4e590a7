package io.millrace.jobs.cli;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.spark.GpuSettings;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.plan.Selection;
import io.millrace.pipeline.spec.PipelineReader;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.SettingsCheck;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.StorageFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The options of {@code run} and {@code plan}: a file, changes to it, and which stages. */
final class PipelineOptions {
  static final String SET = "--set";
  private static final String ONLY = "--only";
  private static final String FROM = "--from";
  private static final String FORCE = "--force";
  private static final Pattern REMOTE = Pattern.compile("(?!file:)[A-Za-z][A-Za-z0-9+.-]*://.+");

  private PipelineOptions() {}

  static void addTo(CommandSpec spec) {
    addFileTo(spec, false);
    addSelectionTo(spec);
  }

  /** The file and changes to it. */
  static void addFileTo(CommandSpec spec, boolean optional) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity(optional ? "0..1" : "1")
            .paramLabel("FILE")
            .type(String.class)
            .description(
                "The pipeline file (HOCON); a path, or a URI such as hdfs://host/pipeline.conf.")
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
            .description("Only this stage and the stages that it needs.")
            .build());
    spec.addOption(
        Options.valued(FROM, "STAGE", "Run this stage and all stages that depend on it again."));
    spec.addOption(
        OptionSpec.builder(FORCE)
            .arity("1")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("[=STAGE]")
            .hideParamSyntax(true)
            .description("Run this stage again; without a name, every stage.")
            .build());
  }

  /**
   * Reads the pipeline file.
   *
   * @throws ConfigurationException with every problem
   */
  static PipelineSpec pipeline(ParseResult parsed, JobCatalogue jobs) {
    return pipeline(parsed, Options.values(parsed, SET), jobs);
  }

  /** The same with other overrides than those of the command line. */
  static PipelineSpec pipeline(ParseResult parsed, List<String> sets, JobCatalogue jobs) {
    String file = parsed.matchedPositionalValue(0, "");
    SettingsCheck check = GpuSettings.check(Options.settings(parsed));
    if (REMOTE.matcher(file).matches()) {
      return remote(file, copy -> PipelineReader.read(copy, sets, jobs, check));
    }
    try {
      return PipelineReader.read(Path.of(Places.fromHome(file)), sets, jobs, check);
    } catch (InvalidPathException e) {
      throw new ConfigurationException(
          List.of(new Problem(file, "is not a path: " + e.getReason())));
    }
  }

  /** A pipeline file on storage that the cluster's machines see. */
  private static PipelineSpec remote(String file, Function<Path, PipelineSpec> reader) {
    try {
      Path copy = Files.createTempFile("millrace-", ".conf");
      try {
        Files.write(copy, bytes(file));
        return reader.apply(copy);
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw StorageFailure.cannot("read the pipeline", file, e);
    }
  }

  private static byte[] bytes(String file) throws IOException {
    URI uri = JobFiles.uri(file);
    String name = file.substring(file.lastIndexOf('/') + 1);
    return JobFiles.in(uri.resolve("."))
        .read(name)
        .orElseThrow(() -> new ConfigurationException(List.of(new Problem(file, "is not there"))));
  }

  /** A selection of stages as words of a command line. */
  static List<String> words(Selection selection) {
    List<String> words = new ArrayList<>();
    selection.only().forEach(stage -> words.addAll(List.of(ONLY, stage)));
    selection.from().ifPresent(stage -> words.addAll(List.of(FROM, stage)));
    selection.force().forEach(stage -> words.add(FORCE + "=" + stage));
    if (selection.forceAll()) {
      words.add(FORCE);
    }
    return words;
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
