package io.millrace.jobs.ingest;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.QuarantineWriter;
import io.millrace.jobs.shard.ShardWriter;
import io.millrace.jobs.source.Contents;
import io.millrace.jobs.source.Part;
import io.millrace.jobs.source.Source;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.spark.SparkTasks;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** A source to Parquet shards. */
public final class IngestJob implements Job<IngestParameters> {
  private static final String INFLATED = "_inflated";

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String summary() {
    return "Turn pictures into Parquet shards; what is damaged is kept apart with a reason.";
  }

  @Override
  public String example() {
    return "millrace ingest --format cifar10 --path cifar-10-binary.tar.gz --output shards/cifar10";
  }

  @Override
  public Class<IngestParameters> parameters() {
    return IngestParameters.class;
  }

  @Override
  public OptionalLong spaceNeeded(IngestParameters parameters) {
    return parameters.source().path().isReference()
        ? OptionalLong.empty()
        : OptionalLong.of(parameters.source().estimatedBytes());
  }

  /**
   * Leaves shards, {@code _quarantine} and {@code _dataset.json}.
   *
   * @throws io.millrace.pipeline.CannotException if the source can't be opened, nothing in it is
   *     usable, or more than {@code max-quarantine} of it is damaged
   */
  @Override
  public JobResult run(JobRequest<IngestParameters> request, JobContext context)
      throws IOException {
    IngestParameters parameters = request.parameters();
    Source source = parameters.source();
    JobFiles staging = JobFiles.in(request.staging());
    Contents contents = source.open(staging.path(INFLATED).toUri());
    List<ShardPlan> plans =
        ShardPlan.of(
            contents.parts(), contents.reader().bytesPerPicture(), parameters.shardBytes().bytes());
    Tally tally = new Tally(contents, write(request, context, contents, plans));
    tally.check(source.path().text(), parameters.maxQuarantine().fraction());
    QuarantineWriter.write(request.staging(), "files", contents.rejects());
    staging.delete(INFLATED);
    ShardWriter.removeDrafts(request.staging());
    Dataset dataset = tally.dataset(request.staging());
    dataset.write();
    return result(dataset, tally, context);
  }

  private static List<WrittenShard> write(
      JobRequest<IngestParameters> request,
      JobContext context,
      Contents contents,
      List<ShardPlan> plans) {
    long records = contents.parts().stream().mapToLong(Part::records).sum();
    if (plans.isEmpty()) {
      return List.of();
    }
    try (JobContext.Progress progress = context.progress("ingest", records, "images")) {
      return SparkTasks.run(
          SharedSpark.context(request),
          "ingest " + request.stage(),
          plans,
          new ShardTask(contents.reader(), contents.classNames().size(), request.staging()),
          shard -> progress.advance(shard.records()));
    }
  }

  private static JobResult result(Dataset dataset, Tally tally, JobContext context) {
    long bytes = dataset.shards().stream().mapToLong(shard -> shard.bytes()).sum();
    String headline =
        String.format(
            Locale.ROOT, "%,d images in %,d shards", tally.out(), dataset.shards().size());
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
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("in", tally.in());
    metrics.put("images", tally.out());
    metrics.put("quarantined", tally.quarantined());
    metrics.put("shards", dataset.shards().size());
    metrics.put("bytes", bytes);
    return new JobResult(dataset.digest(), metrics, headline);
  }
}
