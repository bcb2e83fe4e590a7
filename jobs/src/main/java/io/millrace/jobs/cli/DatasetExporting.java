package io.millrace.jobs.cli;

import io.millrace.jobs.export.Export;
import io.millrace.jobs.export.Exported;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.spec.Nearest;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Exports a dataset's pictures as files. */
record DatasetExporting(URI place, Optional<Split> split, OptionalLong limit)
    implements ExportCommand.Exporting {
  private static final String SPLIT = "--split";
  private static final String LIMIT = "--limit";

  /** The names of {@link #options}. */
  static final List<String> NAMES = List.of(SPLIT, LIMIT);

  static List<OptionSpec> options() {
    return List.of(
        Options.valued(SPLIT, "SPLIT", "Of a dataset: only this split: train, val or test."),
        Options.valued(
            LIMIT, "N", "Of a dataset: at most N pictures of each split, from its beginning."));
  }

  static DatasetExporting of(ParseResult parsed, URI place, List<Problem> problems) {
    ExportCommand.refuse(
        parsed, ModelExporting.NAMES, "is for models, and this is a dataset", problems);
    return new DatasetExporting(
        place,
        split(parsed.matchedOptionValue(SPLIT, ""), problems),
        Options.wholeNumber(LIMIT, parsed.matchedOptionValue(LIMIT, ""), problems));
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

  @Override
  public ExportCommand.Outcome into(Path folder, JobContext context) throws IOException {
    Exported exported = new Export(Dataset.open(place), split, limit).into(folder, context);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("pictures", exported.pictures());
    fields.put("bytes", exported.bytes());
    return new ExportCommand.Outcome(
        "%s (%s)"
            .formatted(
                Amounts.count(exported.pictures(), "picture"), Amounts.bytes(exported.bytes())),
        "",
        fields);
  }
}
