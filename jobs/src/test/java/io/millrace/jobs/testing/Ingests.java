package io.millrace.jobs.testing;

import io.millrace.jobs.ingest.IngestJob;
import io.millrace.jobs.ingest.IngestParameters;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.IgnoredFiles;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardReader;
import io.millrace.jobs.source.Contents;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Lister;
import io.millrace.jobs.source.Part;
import io.millrace.jobs.source.Source;
import io.millrace.pipeline.spec.FlagReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ingests as a user would write them: {@code source.format=folder}, {@code source.path=...}. */
public final class Ingests {
  private Ingests() {}

  /** The checked parameters of an ingest, from {@code key=value}. */
  public static IngestParameters parameters(String... pairs) {
    Map<String, String> flags = new LinkedHashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      flags.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return (IngestParameters) FlagReader.read(new IngestJob(), flags).parameters();
  }

  /** Runs one on {@code local[2]}. */
  public static JobRunner.Done run(Path base, String name, String... pairs) throws Exception {
    return JobRunner.run(new IngestJob(), parameters(pairs), base, name);
  }

  /** Runs one on that master. */
  public static JobRunner.Done runOn(String master, Path base, String name, String... pairs)
      throws Exception {
    return JobRunner.run(new IngestJob(), parameters(pairs), base, name, master);
  }

  /** All rows of a dataset, shard by shard. */
  public static List<Picture> rows(JobRunner.Done done) throws IOException {
    Dataset dataset = Dataset.open(done.folder().toUri());
    List<Picture> rows = new ArrayList<>();
    for (ShardEntry shard : dataset.shards()) {
      try (ShardReader reader = ShardReader.open(dataset.root(), shard)) {
        for (int group = 0; group < shard.rowGroups().size(); group++) {
          rows.addAll(reader.rowGroup(group));
        }
      }
    }
    return rows;
  }

  /** The quarantine as DuckDB reads it: {@code id reason bytes}, sorted. */
  public static List<String> quarantine(JobRunner.Done done) throws Exception {
    List<String> rows = new ArrayList<>();
    if (done.files().stream().noneMatch(file -> file.startsWith("_quarantine/"))) {
      return rows;
    }
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement();
        ResultSet found =
            sql.executeQuery(
                "select id, reason, bytes from read_parquet('"
                    + done.folder()
                    + "/_quarantine/*.rejects') order by id")) {
      while (found.next()) {
        rows.add(found.getString(1) + " " + found.getString(2) + " " + found.getLong(3));
      }
    }
    return rows;
  }

  /** What a source holds, listed on this thread. */
  public static Found list(Source source, Path inflated) throws IOException {
    return list(source.open(inflated.toUri()));
  }

  /** What contents hold, listed on this thread. */
  public static Found list(Contents contents) throws IOException {
    Found found = new Found(contents);
    for (Part part : contents.parts()) {
      contents.lister().list(part, found);
    }
    return found;
  }

  /** Everything that lists gave. */
  public static final class Found implements Lister.Sink {
    private final Contents contents;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Reject> rejects = new ArrayList<>();
    private final IgnoredFiles ignored = new IgnoredFiles();
    private long leftOut;

    Found(Contents contents) {
      this.contents = contents;
      rejects.addAll(contents.rejects());
      ignored.add(contents.ignored());
      leftOut = contents.leftOut();
    }

    /** What there was before listing. */
    public Contents contents() {
      return contents;
    }

    /** All entries. */
    public List<Entry> entries() {
      return entries;
    }

    /** All rejects. */
    public List<Reject> rejects() {
      return rejects;
    }

    /** Files passed over. */
    public long ignored() {
      return ignored.files();
    }

    /** Files passed over, by kind. */
    public IgnoredFiles ignoredFiles() {
      return ignored;
    }

    /** Pictures left out. */
    public long leftOut() {
      return leftOut;
    }

    @Override
    public void entry(Entry entry) {
      entries.add(entry);
    }

    @Override
    public void reject(Reject reject) {
      rejects.add(reject);
    }

    @Override
    public void leftOut(long pictures) {
      leftOut += pictures;
    }

    @Override
    public void ignored(IgnoredFiles.Kind kind, String example, long files) {
      ignored.add(kind, example, files);
    }
  }
}
