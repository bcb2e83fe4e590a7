package io.millrace.jobs.cli;

import io.millrace.jobs.export.Export;
import io.millrace.jobs.export.Exported;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.terminal.Elapsed;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.ProgressLines;
import io.millrace.jobs.terminal.Screen;
import io.millrace.jobs.terminal.ToldContext;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.spec.Nearest;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.StorageFailure;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace export DATASET --to DIR}. */
final class ExportCommand implements Command {
  private static final String TO = "--to";
  private static final String SPLIT = "--split";
  private static final String LIMIT = "--limit";

  @Override
  public String name() {
    return "export";
  }

  @Override
  public String summary() {
    return "Export a dataset's pictures as files, with the same pixels, and an index.csv.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            summary()
                + " Pictures stored as JPEG, PNG or WebP keep their bytes; raw pixels become PNG."
                + " Files are numbered; index.csv has file,id,label,class.",
            "millrace export shards/cifar10 --to pictures",
            "millrace export shards/cifar10 --to pictures --split test --limit 100");
    spec.addPositional(Options.required("DATASET", "The folder that ingest made."));
    spec.addOption(Options.valued(TO, "DIR", "A new or empty folder for the files (required)."));
    spec.addOption(Options.valued(SPLIT, "SPLIT", "Only this split: train, val or test."));
    spec.addOption(
        Options.valued(LIMIT, "N", "At most N pictures of each split, from its beginning."));
    Options.conf().forEach(spec::addOption);
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    OutputMode outputMode = OutputMode.of(parsed);
    List<Problem> problems = new ArrayList<>();
    URI place = GivenPath.present(parsed.matchedPositionalValue(0, ""));
    Optional<Path> folder = folder(parsed.matchedOptionValue(TO, ""), problems);
    Optional<Split> split = split(parsed.matchedOptionValue(SPLIT, ""), problems);
    OptionalLong limit = Options.wholeNumber(LIMIT, parsed.matchedOptionValue(LIMIT, ""), problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    Dataset dataset = Dataset.open(place);
    long start = System.nanoTime();
    Exported exported;
    try (ProgressLines lines = ProgressLines.on(screen, outputMode)) {
      exported =
          new Export(dataset, split, limit).into(folder.orElseThrow(), new ToldContext(lines));
    } catch (IOException e) {
      throw StorageFailure.cannot(
          "export to " + folder.orElseThrow(), folder.orElseThrow().toString(), e);
    }
    double seconds = Elapsed.secondsSince(start);
    screen
        .out()
        .print(
            outputMode.json()
                ? JsonText.pretty(json(folder.orElseThrow(), exported, seconds))
                : "%s (%s) in %s (%s)%n"
                    .formatted(
                        Amounts.count(exported.pictures(), "picture"),
                        Amounts.bytes(exported.bytes()),
                        folder.orElseThrow(),
                        Amounts.seconds(seconds)));
    return Status.DONE;
  }

  private static Optional<Path> folder(String to, List<Problem> problems) {
    if (to.isBlank()) {
      problems.add(new Problem(TO, "must be given: a new folder for the files"));
      return Optional.empty();
    }
    return Options.local(TO, to, "folder", problems);
  }

  private static Optional<Split> split(String text, List<Problem> problems) {
    Optional<Split> split =
        Arrays.stream(Split.values()).filter(it -> it.text().equals(text)).findFirst();
    if (split.isEmpty() && !text.isEmpty()) {
      List<String> splits = Arrays.stream(Split.values()).map(Split::text).toList();
      problems.add(
          new Problem(
              SPLIT,
              "there is no split '" + text + "'" + Nearest.hintAndList(text, splits, "there are")));
    }
    return split;
  }

  private static Map<String, Object> json(Path folder, Exported exported, double seconds) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("outcome", "succeeded");
    json.put("seconds", seconds);
    json.put("folder", folder.toString());
    json.put("pictures", exported.pictures());
    json.put("bytes", exported.bytes());
    return json;
  }
}
