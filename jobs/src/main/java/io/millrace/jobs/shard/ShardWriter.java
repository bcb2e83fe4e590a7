package io.millrace.jobs.shard;

import io.millrace.jobs.files.JobFiles;
import io.millrace.pipeline.store.Digests;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;

/** Writes one shard. The same pictures in the same order give the same bytes. */
public final class ShardWriter implements Closeable {
  private final String path;
  private final TemporaryFile temporary;
  private final Split split;
  private final MessageDigest digest = Digests.sha256();
  private final CodecChoice choice = new CodecChoice();
  private ParquetWriter<Picture> writer;
  private int rows;
  private boolean closed;

  private ShardWriter(String path, TemporaryFile temporary, Split split) {
    this.path = path;
    this.temporary = temporary;
    this.split = split;
  }

  /**
   * Begins shard {@code index} of a split. It stands in the dataset once it is finished; if one of
   * that name does already, that one stays. Whether it is compressed, its first pictures decide.
   */
  public static ShardWriter create(URI dataset, Split split, int index) throws IOException {
    String path = path(split, index);
    return new ShardWriter(path, TemporaryFile.of(JobFiles.in(dataset), path), split);
  }

  /** Removes what tasks that were killed left half-written; for use when all have ended. */
  public static void removeDrafts(URI dataset) throws IOException {
    JobFiles.in(dataset).delete(TemporaryFile.FOLDER);
  }

  /** The path of a shard within its dataset. */
  public static String path(Split split, int index) {
    return String.format(Locale.ROOT, "split=%s/part-%05d.parquet", split.text(), index);
  }

  /** Adds one row. */
  public void write(Picture picture) throws IOException {
    rows++;
    if (writer != null) {
      writer.write(picture);
    } else if (choice.isEnoughWith(picture)) {
      begin();
    }
  }

  private void begin() throws IOException {
    writer =
        ParquetSettings.writer(
            new DigestingFile(temporary.path(), digest),
            new ShardSupport(),
            choice.codec(),
            JobFiles.configuration());
    for (Picture picture : choice.held()) {
      writer.write(picture);
    }
    choice.held().clear();
  }

  /** Ends the file and says what the manifest is to list. */
  public ShardEntry finish() throws IOException {
    if (writer == null) {
      begin();
    }
    close();
    List<Integer> groups =
        writer.getFooter().getBlocks().stream().map(b -> Math.toIntExact(b.getRowCount())).toList();
    temporary.publish();
    Path file = temporary.target();
    long bytes = JobFiles.fileSystem(file).getFileStatus(file).getLen();
    return new ShardEntry(
        path, split, rows, bytes, HexFormat.of().formatHex(digest.digest()), groups);
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      if (writer != null) {
        writer.close();
      }
    }
  }
}
