package io.millrace.jobs.cli;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.model.ModelFiles;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.terminal.Elapsed;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.ProgressLines;
import io.millrace.jobs.terminal.Screen;
import io.millrace.jobs.terminal.ToldContext;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.StorageFailure;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace export DATASET|MODEL --to DIR}: what is at the path decides which of the two. */
final class ExportCommand implements Command {
  private static final String TO = "--to";

  /** The export of one kind of artifact. */
  interface Exporting {
    /** Does it. */
    Outcome into(Path folder, JobContext context) throws IOException;
  }

  /**
   * What was done.
   *
   * @param amount for people, without the folder, e.g. {@code 100 pictures (2.1 MB)}
   * @param after a line for people; empty if there is no more to say
   * @param fields for programs
   */
  record Outcome(String amount, String after, Map<String, Object> fields) {}

  @Override
  public String name() {
    return "export";
  }

  @Override
  public String summary() {
    return "Export a dataset's pictures as files, or a model for PyTorch, ONNX or Deeplearning4j.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            "Export a dataset's pictures as files, with the same pixels, and an index.csv. Pictures"
                + " stored as JPEG, PNG or WebP keep their bytes; raw pixels become PNG. Files are"
                + " numbered; index.csv has file,id,label,class. Or export a model as a file that"
                + " other programs read, with a config.json that has its architecture, input,"
                + " normalisation and classes.",
            "millrace export shards/cifar10 --to pictures",
            "millrace export shards/cifar10 --to pictures --split test --limit 100",
            "millrace export models/cifar10 --to exported --as safetensors",
            "millrace export models/cifar10 --to exported --as onnx --verify shards/cifar10");
    spec.addPositional(
        Options.required(
            "DATASET|MODEL", "The folder that ingest made, or a model's folder as for predict."));
    spec.addOption(Options.valued(TO, "DIR", "A new or empty folder for the files (required)."));
    DatasetExporting.options().forEach(spec::addOption);
    ModelExporting.options().forEach(spec::addOption);
    Options.conf().forEach(spec::addOption);
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    OutputMode outputMode = OutputMode.of(parsed);
    List<Problem> problems = new ArrayList<>();
    String given = parsed.matchedPositionalValue(0, "");
    URI place = GivenPath.present(given);
    Optional<Path> to = folder(parsed.matchedOptionValue(TO, ""), problems);
    Exporting exporting =
        isModel(place, given)
            ? ModelExporting.of(parsed, place, problems)
            : DatasetExporting.of(parsed, place, problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    Path folder = to.orElseThrow();
    long start = System.nanoTime();
    Outcome outcome;
    try (ProgressLines lines = ProgressLines.on(screen, outputMode)) {
      outcome = exporting.into(folder, new ToldContext(lines));
    } catch (IOException e) {
      throw StorageFailure.cannot("export to " + folder, folder.toString(), e);
    }
    double seconds = Elapsed.secondsSince(start);
    screen
        .out()
        .print(
            outputMode.json()
                ? JsonText.pretty(json(folder, outcome, seconds))
                : "%s in %s (%s)%n%s"
                    .formatted(
                        outcome.amount(), folder, Amounts.seconds(seconds), outcome.after()));
    return Status.DONE;
  }

  /** Whether a model is there, and not a dataset. */
  private static boolean isModel(URI place, String given) {
    try {
      JobFiles files = JobFiles.in(place);
      if (files.length(ModelFiles.MODEL) >= 0) {
        return true;
      }
      if (files.length(Dataset.FILE) >= 0) {
        return false;
      }
    } catch (IOException e) {
      throw StorageFailure.cannot("export " + given, given, e);
    }
    throw new CannotException(
        "export " + given,
        "it has neither %s nor %s in it; give the folder of a dataset or of a model"
            .formatted(Dataset.FILE, ModelFiles.MODEL));
  }

  /** Refuses options that are for the other kind of artifact. */
  static void refuse(ParseResult parsed, List<String> options, String why, List<Problem> problems) {
    options.stream()
        .filter(parsed::hasMatchedOption)
        .forEach(option -> problems.add(new Problem(option, why)));
  }

  private static Optional<Path> folder(String to, List<Problem> problems) {
    if (to.isBlank()) {
      problems.add(new Problem(TO, "must be given: a new folder for the files"));
      return Optional.empty();
    }
    return Options.local(TO, to, "folder", problems);
  }

  private static Map<String, Object> json(Path folder, Outcome outcome, double seconds) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("outcome", "succeeded");
    json.put("seconds", seconds);
    json.put("folder", folder.toString());
    json.putAll(outcome.fields());
    return json;
  }
}
