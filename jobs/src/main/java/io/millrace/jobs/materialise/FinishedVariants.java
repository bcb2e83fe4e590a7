package io.millrace.jobs.materialise;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.ShardEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shards that stand whole in a folder which outlives a killed attempt, each with a record: they are
 * not made again. The folder belongs to a fingerprint, so that the pictures and the transforms are
 * the same.
 */
final class FinishedVariants {
  /** Records of finished shards, beside them. */
  static final String FOLDER = "_finished";

  private static final ObjectMapper JSON = new ObjectMapper();

  private FinishedVariants() {}

  static void keep(URI into, VariantPlan plan, MadeShards made) throws IOException {
    try (OutputStream out = JobFiles.in(into).create(record(plan))) {
      out.write(JSON.writeValueAsBytes(made));
    }
  }

  /** Those of the plans that are finished already. */
  static Map<VariantPlan, MadeShards> of(ShardMaking making, List<VariantPlan> plans)
      throws IOException {
    JobFiles files = JobFiles.in(making.into());
    Map<VariantPlan, MadeShards> finished = new LinkedHashMap<>();
    for (VariantPlan plan : plans) {
      Optional<byte[]> kept = files.read(record(plan));
      if (kept.isPresent()) {
        whole(making, kept.get()).ifPresent(made -> finished.put(plan, made));
      }
    }
    return finished;
  }

  private static Optional<MadeShards> whole(ShardMaking making, byte[] json) throws IOException {
    MadeShards made;
    try {
      made = JSON.readValue(json, MadeShards.class);
    } catch (JacksonException cutShort) {
      return Optional.empty();
    }
    List<URI> folders = making.folders();
    boolean whole = made.shards().size() == folders.size();
    for (int i = 0; whole && i < folders.size(); i++) {
      ShardEntry shard = made.shards().get(i);
      whole = JobFiles.in(folders.get(i)).length(shard.path()) == shard.bytes();
    }
    return whole ? Optional.of(made) : Optional.empty();
  }

  private static String record(VariantPlan plan) {
    return FOLDER + "/" + plan.name() + ".json";
  }
}
