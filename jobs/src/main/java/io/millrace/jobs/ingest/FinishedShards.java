package io.millrace.jobs.ingest;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.ShardEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** Those of the plans that are finished already. */
  static Map<ShardPlan, WrittenShard> of(JobFiles dataset, List<ShardPlan> plans)
      throws IOException {
    Map<ShardPlan, WrittenShard> finished = new LinkedHashMap<>();
    for (ShardPlan plan : plans) {
      Optional<byte[]> kept = dataset.read(record(plan));
      if (kept.isPresent()) {
        whole(dataset, plan, kept.get()).ifPresent(written -> finished.put(plan, written));
      }
    }
    return finished;
  }

  private static Optional<WrittenShard> whole(JobFiles dataset, ShardPlan plan, byte[] json)
      throws IOException {
    WrittenShard written;
    try {
      written = JSON.readValue(json, WrittenShard.class);
    } catch (JacksonException cutShort) {
      return Optional.empty();
    }
    boolean whole = written.plan().equals(plan.digest());
    for (ShardEntry shard : written.shards()) {
      whole &= dataset.length(shard.path()) == shard.bytes();
    }
    return whole ? Optional.of(written) : Optional.empty();
  }

  private static String record(ShardPlan plan) {
    return Work.FINISHED + "/" + plan.name() + ".json";
  }
}
