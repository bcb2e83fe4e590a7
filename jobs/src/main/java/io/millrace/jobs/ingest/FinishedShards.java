package io.millrace.jobs.ingest;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.QuarantineWriter;
import io.millrace.jobs.shard.ShardEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Shards that stand whole in a folder which outlives a killed attempt, each with a record of how it
 * came about: they are not made again.
 */
final class FinishedShards {
  private static final ObjectMapper JSON =
      new ObjectMapper().setVisibility(PropertyAccessor.FIELD, Visibility.ANY);

  private FinishedShards() {}

  /** Keeps the record of a shard that is written with all that belongs to it. */
  static void keep(JobFiles dataset, ShardPlan plan, WrittenShard written) throws IOException {
    try (OutputStream out = dataset.create(record(plan))) {
      out.write(JSON.writeValueAsBytes(written));
    }
  }

  /**
   * Those of the plans that are finished already.
   *
   * @param classes how many there are
   */
  static Map<ShardPlan, WrittenShard> of(JobFiles dataset, List<ShardPlan> plans, int classes)
      throws IOException {
    Map<ShardPlan, WrittenShard> finished = new LinkedHashMap<>();
    for (ShardPlan plan : plans) {
      Optional<byte[]> kept = dataset.read(record(plan));
      if (kept.isPresent()) {
        whole(dataset, plan, classes, kept.get()).ifPresent(written -> finished.put(plan, written));
      }
    }
    return finished;
  }

  /** Removes what an attempt left that had other plans, because the source was another. */
  static void removeOthers(URI dataset, Map<ShardPlan, WrittenShard> finished, List<Listed> lists)
      throws IOException {
    Set<String> kept = new HashSet<>();
    finished.forEach(
        (plan, written) -> {
          written.shards().forEach(shard -> kept.add(shard.path()));
          kept.add(quarantine(plan.name()));
        });
    for (Listed list : lists) {
      if (!list.rejects().isEmpty()) {
        kept.add(quarantine(list.name()));
      }
    }
    JobFiles files = JobFiles.in(dataset);
    for (String folder : files.names()) {
      if (folder.equals(QuarantineWriter.FOLDER) || folder.startsWith("split=")) {
        for (String name : JobFiles.in(files.path(folder).toUri()).names()) {
          if (!kept.contains(folder + "/" + name)) {
            files.delete(folder + "/" + name);
          }
        }
      }
    }
  }

  private static String quarantine(String name) {
    return QuarantineWriter.FOLDER + "/" + name + ".parquet";
  }

  private static Optional<WrittenShard> whole(
      JobFiles dataset, ShardPlan plan, int classes, byte[] json) throws IOException {
    WrittenShard written;
    try {
      written = JSON.readValue(json, WrittenShard.class);
    } catch (JacksonException cutShort) {
      return Optional.empty();
    }
    boolean whole = written.plan().equals(plan.digest()) && written.classCounts().length == classes;
    long rows = 0;
    for (ShardEntry shard : written.shards()) {
      whole &= dataset.length(shard.path()) == shard.bytes();
      rows += shard.rows();
    }
    whole &= ContentHashes.areWhole(dataset, plan.name(), rows);
    whole &= written.reasons().isEmpty() || dataset.length(quarantine(plan.name())) > 0;
    return whole ? Optional.of(written) : Optional.empty();
  }

  private static String record(ShardPlan plan) {
    return Work.FINISHED + "/" + plan.name() + ".json";
  }
}
