package io.millrace.jobs.ingest;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.ClassFindings;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.DatasetFeatures;
import io.millrace.jobs.shard.QuarantineWriter;
import io.millrace.jobs.shard.ResumableShards;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.source.Classes;
import io.millrace.jobs.source.Contents;
import io.millrace.jobs.source.Source;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.spark.SparkTasks;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One ingest: lists the source, chooses pictures, cuts the lists into shards, writes each shard in
 * a task of its own, adds up. Shards are written to a folder that survives a killed attempt, and
 * moved to the dataset when all are written.
 */
final class Ingest {
  private final JobRequest<IngestParameters> request;
  private final JobContext context;
  private final IngestParameters parameters;
  private final String place;
  private final JobFiles staging;
  private final URI kept;
  private final JobFiles keptFiles;
  private final URI inflated;
  private final ShownFiles shown;

  Ingest(JobRequest<IngestParameters> request, JobContext context) throws IOException {
    this.request = request;
    this.context = context;
    this.parameters = request.parameters();
    String places =
        parameters.source().places().stream().map(Location::text).collect(Collectors.joining(", "));
    this.place = places.isEmpty() ? "synthetic pictures" : places;
    this.staging = JobFiles.in(request.staging());
    this.kept = request.unfinished();
    this.keptFiles = JobFiles.in(kept);
    // The same place in each attempt, since lists contain the names of the pictures' files.
    this.inflated = keptFiles.path(WorkFiles.INFLATED).toUri();
    this.shown = new ShownFiles(inflated, place);
  }

  JobResult run() throws IOException {
    Source source = parameters.source();
    Contents contents = source.open(inflated);
    contents.notices().forEach(context::notice);
    noticeSharedNames(contents.classes());
    List<Listed> lists = list(contents);
    SubsetFilter.Pass all =
        visitor -> {
          for (Listed list : lists) {
            EntryFile.read(staging, list.file(), visitor);
          }
        };
    String what = "ingest " + place;
    long entries = lists.stream().mapToLong(Listed::entries).sum();
    DuplicateIds.refuse(all, entries, what);
    SubsetFilter filter =
        new SubsetFilter(
            source.subset(), parameters.unlabelled(), contents.classes(), parameters.seed(), what);
    filter.prepare(all);
    Intake intake = Intake.of(parameters.images(), source.channels());
    ShardCutter cutter = new ShardCutter(staging, all, filter, intake, parameters);
    List<ShardPlan> plans = cutter.cut();
    ResumableShards<ShardPlan, WrittenShard> shards =
        new ResumableShards<>(
            kept,
            List.of(kept),
            "ingest",
            WrittenShard.class,
            new IngestedShards(keptFiles, contents.classes().names(), lists));
    List<WrittenShard> written =
        shards.make(plans, context, (rest, done) -> write(rest, contents, intake, done));
    IngestTotals totals = new IngestTotals(contents, lists, cutter.leftOut(), written);
    totals.check(what, parameters.maxQuarantine().fraction());
    ContentHashes.Repeated repeated = ContentHashes.repeated(keptFiles, plans, totals.out());
    totals.note("equal-pictures", repeated.pictures());
    totals.note("contents-in-several-splits", repeated.acrossSplits());
    QuarantineWriter.write(kept, "files", contents.rejects());
    Dataset dataset = publish(shards, totals);
    return result(dataset, totals, repeated);
  }

  private void noticeSharedNames(Classes classes) {
    classes
        .sharedNames()
        .forEach(
            (name, numbers) ->
                context.notice(
                    "%d classes have the same name '%s': numbers %s. They remain different classes."
                        .formatted(
                            numbers.size(),
                            name,
                            numbers.stream()
                                .map(number -> Integer.toString(number))
                                .collect(Collectors.joining(", ")))));
  }

  private List<Listed> list(Contents contents) throws IOException {
    List<ListTask.Parts> groups = ListTask.grouped(contents.parts());
    try (JobContext.Progress progress =
        context.progress("list", contents.parts().size(), "parts")) {
      return SparkTasks.run(
          SharedSpark.context(request, context),
          "list " + request.stage(),
          groups,
          new ListTask(contents.lister(), request.staging(), kept, shown),
          listed -> {
            progress.advance(1);
            progress.note(Amounts.count(listed.entries(), "picture"));
          });
    }
  }

  private List<WrittenShard> write(
      List<ShardPlan> plans, Contents contents, Intake intake, Consumer<WrittenShard> done)
      throws IOException {
    return SparkTasks.run(
        SharedSpark.context(request, context),
        "ingest " + request.stage(),
        plans,
        new ShardTask(
            intake,
            contents.classes().names(),
            parameters.shuffle() == Order.FULL,
            parameters.seed(),
            request.staging(),
            kept,
            shown),
        done);
  }

  /** Moves the finished shards to the dataset and writes its manifest. */
  private Dataset publish(ResumableShards<ShardPlan, WrittenShard> shards, IngestTotals totals)
      throws IOException {
    keptFiles.delete(ContentHashes.FOLDER);
    keptFiles.delete(WorkFiles.INFLATED);
    shards.moveTo(staging);
    staging.delete(WorkFiles.FOLDER);
    Dataset dataset = totals.dataset(request.staging());
    DatasetFeatures.write(dataset, totals.encodings());
    dataset.write();
    return dataset;
  }

  private JobResult result(Dataset dataset, IngestTotals totals, ContentHashes.Repeated repeated) {
    long bytes = dataset.shards().stream().mapToLong(ShardEntry::bytes).sum();
    String headline =
        Amounts.count(totals.out(), "image")
            + " in "
            + Amounts.count(dataset.shards().size(), "shard");
    if (totals.quarantined() > 0) {
      headline += ", " + Amounts.count(totals.quarantined()) + " quarantined";
      context.notice(
          ("%s of %s records are not pictures, or damaged, and were quarantined: %s. See %s in the"
                  + " dataset.")
              .formatted(
                  Amounts.count(totals.quarantined()),
                  Amounts.count(totals.in()),
                  totals.reasons(),
                  QuarantineWriter.FOLDER));
    }
    ClassFindings.of(dataset).forEach(context::notice);
    if (totals.ignored().files() > 0) {
      context.notice("Ignored files: " + String.join("; ", totals.ignored().sentences()) + ".");
    }
    if (repeated.pictures() > 0) {
      context.notice(
          Amounts.count(repeated.pictures(), "picture")
              + (repeated.pictures() == 1 ? " is" : " are")
              + " equal to another"
              + (repeated.acrossSplits() == 0
                  ? ""
                  : "; "
                      + Amounts.count(repeated.acrossSplits(), "picture")
                      + (repeated.acrossSplits() == 1 ? " is" : " are")
                      + " in several splits")
              + ".");
    }
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("in", totals.in());
    metrics.put("images", totals.out());
    metrics.put("quarantined", totals.quarantined());
    metrics.put("left-out", totals.leftOut());
    metrics.put("ignored", totals.ignored().files());
    metrics.put("shards", dataset.shards().size());
    metrics.put("bytes", bytes);
    totals.notes().forEach(metrics::put);
    return new JobResult(dataset.digest(), metrics, headline);
  }
}
