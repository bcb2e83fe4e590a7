package io.millrace.jobs.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.IgnoredFiles;
import io.millrace.jobs.shard.QuarantineWriter;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Lister;
import io.millrace.jobs.source.Part;
import io.millrace.jobs.spark.SparkTasks;
import io.millrace.pipeline.store.Digests;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Lists some parts of a source in one file. A task that Spark runs again makes the same file. */
record ListTask(Lister lister, URI staging, URI dataset, ShownFiles shown)
    implements SparkTasks.Task<ListTask.Parts, Listed> {
  /** More tasks would cost more than they bring. */
  private static final int MOST_TASKS = 256;

  /** Parts that one task lists, with the number of their list. */
  record Parts(int number, List<Part> parts) implements Serializable {}

  /** Groups neighbouring parts; the groups depend only on the parts. */
  static List<Parts> grouped(List<Part> parts) {
    int size = (parts.size() + MOST_TASKS - 1) / MOST_TASKS;
    List<Parts> groups = new ArrayList<>();
    for (int from = 0; from < parts.size(); from += size) {
      List<Part> some = parts.subList(from, Math.min(from + size, parts.size()));
      groups.add(new Parts(groups.size(), new ArrayList<>(some)));
    }
    return groups;
  }

  @Override
  public Listed apply(Parts parts) throws IOException {
    String name = String.format(Locale.ROOT, "listing-%05d", parts.number());
    String file = WorkFiles.FOLDER + "/" + name;
    List<Reject> rejects = new ArrayList<>();
    IgnoredFiles ignored = new IgnoredFiles();
    long[] leftOut = new long[1];
    MessageDigest digest = Digests.sha256();
    long entries;
    try (EntryFile.Writer writer = new EntryFile.Writer(JobFiles.in(staging).create(file))) {
      for (Part part : parts.parts()) {
        lister.list(part, new Sorted(writer, digest, rejects, ignored, leftOut, shown));
      }
      entries = writer.entries();
    }
    QuarantineWriter.write(dataset, name, rejects);
    Map<String, Damage> reasons = new TreeMap<>();
    rejects.forEach(
        reject -> reasons.merge(reject.reason(), new Damage(1, reject.id()), Damage::and));
    return new Listed(
        file, entries, ignored, leftOut[0], reasons, HexFormat.of().formatHex(digest.digest()));
  }

  private record Sorted(
      EntryFile.Writer writer,
      MessageDigest digest,
      List<Reject> rejects,
      IgnoredFiles ignored,
      long[] leftOut,
      ShownFiles shown)
      implements Lister.Sink {
    @Override
    public void entry(Entry entry) throws IOException {
      if (entry.id().length() > EntryFile.LONGEST_ID) {
        String where = JobFiles.shown(entry.file());
        String start = entry.id().substring(0, 100) + "...";
        reject(new Reject(start, where, "a name of thousands of characters", entry.length()));
      } else {
        writer.write(entry);
        String seen = entry.id() + '\0' + entry.offset() + '\0' + entry.length() + '\n';
        digest.update(seen.getBytes(UTF_8));
      }
    }

    @Override
    public void reject(Reject reject) {
      rejects.add(
          new Reject(reject.id(), shown.path(reject.path()), reject.reason(), reject.bytes()));
    }

    @Override
    public void ignored(IgnoredFiles.Kind kind, String example, long files) {
      ignored.add(kind, example, files);
    }

    @Override
    public void leftOut(long pictures) {
      leftOut[0] += pictures;
    }
  }
}
