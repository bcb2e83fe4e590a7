package io.millrace.jobs.ingest;

import io.millrace.jobs.card.Wording;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.QuarantineWriter;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardWriter;
import io.millrace.jobs.source.Contents;
import io.millrace.jobs.source.Source;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.spark.SparkTasks;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.job.Location;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One ingest: list the source, choose, cut the lists into shards, write each shard in a task of its
 * own, add up. Shards are finished in the folder that outlives a killed attempt, and moved into the
 * dataset when all are there.
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
    // At the same place in each attempt, since lists name the files that pictures lie in.
    this.inflated = keptFiles.path(Work.INFLATED).toUri();
    this.shown = new ShownFiles(inflated, place);
  }

  JobResult run() throws IOException {
    Source source = parameters.source();
    Contents contents = source.open(inflated);
    List<Listed> lists = list(contents);
    Choice.Pass all =
        visitor -> {
          for (Listed list : lists) {
            EntryFile.read(staging, list.file(), visitor);
          }
        };
    String what = "ingest " + place;
    long entries = lists.stream().mapToLong(Listed::entries).sum();
    DuplicateIds.refuse(all, entries, what);
    Choice choice = new Choice(source.subset(), contents.classes(), parameters.seed(), what);
    choice.prepare(all);
    Intake intake = Intake.of(parameters.images(), source.channels());
    ShardCutter cutter = new ShardCutter(staging, all, choice, intake, parameters);
    List<ShardPlan> plans = cutter.cut();
    List<WrittenShard> written = write(contents, lists, plans, intake);
    Tally tally = new Tally(contents, lists, cutter.leftOut(), written);
    tally.check(what, parameters.maxQuarantine().fraction());
    ContentHashes.Repeated repeated = ContentHashes.repeated(keptFiles, plans, tally.out());
    tally.note("equal-pictures", repeated.pictures());
    tally.note("contents-in-several-splits", repeated.acrossSplits());
    QuarantineWriter.write(kept, "files", contents.rejects());
    Dataset dataset = publish(tally);
    return result(dataset, tally, repeated);
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
            progress.note(String.format(Locale.ROOT, "%,d pictures", listed.entries()));
          });
    }
  }

  private List<WrittenShard> write(
      Contents contents, List<Listed> lists, List<ShardPlan> plans, Intake intake)
      throws IOException {
    Map<ShardPlan, WrittenShard> finished =
        FinishedShards.of(keptFiles, plans, contents.classes().names().size());
    FinishedShards.removeOthers(kept, finished, lists);
    if (!finished.isEmpty()) {
      context.notice(
          String.format(
              Locale.ROOT,
              "%,d of %,d shards were finished by an interrupted ingest and are kept.",
              finished.size(),
              plans.size()));
    }
    List<ShardPlan> rest = plans.stream().filter(plan -> !finished.containsKey(plan)).toList();
    long records = plans.stream().mapToLong(ShardPlan::records).sum();
    List<WrittenShard> written = new ArrayList<>(finished.values());
    if (rest.isEmpty()) {
      return written;
    }
    AtomicInteger done = new AtomicInteger(finished.size());
    try (JobContext.Progress progress = context.progress("ingest", records, "images")) {
      finished.values().forEach(shard -> progress.already(shard.records()));
      written.addAll(
          shards(
              rest,
              contents,
              intake,
              shard -> {
                progress.advance(shard.records());
                done.incrementAndGet();
              }));
    } catch (CancellationException e) {
      throw new CancellationException(
          String.format(
              Locale.ROOT, "%,d of %,d shards are finished and kept", done.get(), plans.size()));
    }
    return written;
  }

  private List<WrittenShard> shards(
      List<ShardPlan> plans, Contents contents, Intake intake, Consumer<WrittenShard> done)
      throws IOException {
    return SparkTasks.run(
        SharedSpark.context(request, context),
        "ingest " + request.stage(),
        plans,
        new ShardTask(
            intake,
            contents.classes().names().size(),
            parameters.shuffle() == Order.FULL,
            parameters.seed(),
            request.staging(),
            kept,
            shown),
        done);
  }

  /** Moves what is finished into the dataset, which then has its manifest. */
  private Dataset publish(Tally tally) throws IOException {
    ShardWriter.removeDrafts(kept);
    keptFiles.delete(Work.FINISHED);
    keptFiles.delete(ContentHashes.FOLDER);
    keptFiles.delete(Work.INFLATED);
    for (String name : keptFiles.names()) {
      keptFiles.move(name, staging);
    }
    staging.delete(Work.FOLDER);
    Dataset dataset = tally.dataset(request.staging());
    dataset.write();
    return dataset;
  }

  private JobResult result(Dataset dataset, Tally tally, ContentHashes.Repeated repeated) {
    long bytes = dataset.shards().stream().mapToLong(ShardEntry::bytes).sum();
    String headline =
        Wording.count(tally.out(), "image")
            + " in "
            + Wording.count(dataset.shards().size(), "shard");
    if (tally.quarantined() > 0) {
      headline += String.format(Locale.ROOT, ", %,d quarantined", tally.quarantined());
      context.notice(
          String.format(
              Locale.ROOT,
              "%,d of %,d records are damaged and were quarantined: %s; see %s in the dataset.",
              tally.quarantined(),
              tally.in(),
              tally.reasons(),
              QuarantineWriter.FOLDER));
    }
    if (repeated.pictures() > 0) {
      context.notice(
          String.format(
              Locale.ROOT,
              "%,d pictures are equal to another; %,d contents stand in several splits.",
              repeated.pictures(),
              repeated.acrossSplits()));
    }
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("in", tally.in());
    metrics.put("images", tally.out());
    metrics.put("quarantined", tally.quarantined());
    metrics.put("left-out", tally.leftOut());
    metrics.put("shards", dataset.shards().size());
    metrics.put("bytes", bytes);
    tally.notes().forEach(metrics::put);
    return new JobResult(dataset.digest(), metrics, headline);
  }
}
