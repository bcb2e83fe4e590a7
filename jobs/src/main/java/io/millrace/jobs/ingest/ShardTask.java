package io.millrace.jobs.ingest;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.header.UnusableImageException;
import io.millrace.jobs.shard.QuarantineWriter;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.ResumableShards;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardWriter;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.EntryReader;
import io.millrace.jobs.source.UnreadableFileException;
import io.millrace.jobs.spark.SparkTasks;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes one shard, and beside it the quarantined records. A task that Spark runs again makes the
 * same files.
 *
 * @param classNames by label number
 * @param shuffled whether the list must still be shuffled
 * @param seed of that order
 * @param staging where the lists are
 * @param dataset the folder of the shards
 * @param shown the names of files in messages
 */
record ShardTask(
    Intake intake,
    List<String> classNames,
    boolean shuffled,
    long seed,
    URI staging,
    URI dataset,
    ShownFiles shown)
    implements SparkTasks.Task<ShardPlan, WrittenShard> {

  @Override
  public WrittenShard apply(ShardPlan plan) throws IOException {
    List<Entry> entries = entries(plan);
    Made made = new Made(classNames.size(), entries.size());
    ShardEntry shard;
    try (ShardWriter writer = ShardWriter.create(dataset, plan.split(), plan.index(), classNames);
        EntryReader containers = new EntryReader()) {
      for (Entry entry : entries) {
        try {
          intake.decoder().limits().checkBytes(entry.length());
          byte[] bytes = containers.read(entry);
          writer.write(intake.picture(entry, bytes, made.notes));
          made.took(entry, bytes);
        } catch (UnusableImageException e) {
          made.rejects.add(
              new Reject(entry.id(), shown.file(entry.file()), e.reason(), entry.length()));
        } catch (UnreadableFileException e) {
          // Not quarantined: this is not a fact about the data, and may be different the next time.
          throw new CannotException(
              "read " + shown.file(entry.file()), e.getMessage() + "; fix it and run again", e);
        }
      }
      shard = writer.finish();
      made.encodings.addAll(writer.encodings());
    }
    QuarantineWriter.write(dataset, plan.name(), made.rejects);
    JobFiles files = JobFiles.in(dataset);
    made.hashes.write(files, plan.name());
    WrittenShard written = written(plan, made, shard, files);
    ResumableShards.keep(dataset, plan.name(), written);
    return written;
  }

  private WrittenShard written(ShardPlan plan, Made made, ShardEntry shard, JobFiles files)
      throws IOException {
    Map<String, Damage> reasons = new TreeMap<>();
    made.rejects.forEach(
        reject -> reasons.merge(reject.reason(), new Damage(1, reject.id()), Damage::and));
    List<ShardEntry> shards = List.of(shard);
    if (shard.rows() == 0) {
      files.delete(shard.path());
      shards = List.of();
    }
    return new WrittenShard(
        plan.split(),
        plan.records(),
        shards,
        made.classCounts,
        reasons,
        made.notes,
        made.encodings,
        IngestedShards.digest(classNames),
        plan.digest());
  }

  private List<Entry> entries(ShardPlan plan) throws IOException {
    List<Entry> entries = new ArrayList<>(Math.toIntExact(plan.records()));
    EntryFile.read(JobFiles.in(staging), plan.file(), entries::add);
    if (shuffled) {
      record Placed(long place, Entry entry) {}
      List<Placed> placed = new ArrayList<>(entries.size());
      entries.forEach(e -> placed.add(new Placed(ShardCutter.place(seed, e.id()), e)));
      placed.sort(
          Comparator.comparing(Placed::place, Long::compareUnsigned)
              .thenComparing(it -> it.entry().id()));
      entries.clear();
      placed.forEach(it -> entries.add(it.entry()));
    }
    return entries;
  }

  private static final class Made {
    private final long[] classCounts;
    private final List<Reject> rejects = new ArrayList<>();
    private final Map<String, Long> notes = new TreeMap<>();
    private final Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
    private final ContentHashes hashes;

    Made(int classes, int records) {
      classCounts = new long[classes];
      hashes = new ContentHashes(records);
    }

    void took(Entry entry, byte[] bytes) {
      if (entry.label() >= 0) {
        classCounts[entry.label()]++;
      }
      hashes.add(bytes);
    }
  }
}
