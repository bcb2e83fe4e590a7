package io.millrace.jobs.shard;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.image.Encoding;
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
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Writes one shard. The same pictures in the same order give the same bytes. */
public final class ShardWriter implements Closeable {
  private final String path;
  private final Draft draft;
  private final Split split;
  private final MessageDigest digest;
  private final ParquetWriter<Picture> writer;
  private int rows;
  private boolean closed;

  private ShardWriter(
      String path, Draft draft, Split split, MessageDigest digest, ParquetWriter<Picture> writer) {
    this.path = path;
    this.draft = draft;
    this.split = split;
    this.digest = digest;
    this.writer = writer;
  }

  /**
   * Begins shard {@code index} of a split. It stands in the dataset once it is finished; if one of
   * that name does already, that one stays.
   *
   * @param stored how most pictures are encoded: raw pixels are compressed, encoded ones are not
   */
  public static ShardWriter create(URI dataset, Split split, int index, Encoding stored)
      throws IOException {
    String path = path(split, index);
    Draft draft = Draft.of(JobFiles.in(dataset), path);
    MessageDigest digest = Digests.sha256();
    CompressionCodecName codec =
        stored == Encoding.RAW ? CompressionCodecName.ZSTD : CompressionCodecName.UNCOMPRESSED;
    ParquetWriter<Picture> writer =
        ParquetSettings.writer(
            new DigestingFile(draft.path(), digest),
            new ShardSupport(),
            codec,
            JobFiles.configuration());
    return new ShardWriter(path, draft, split, digest, writer);
  }

  /** Removes what tasks that were killed left half-written; for use when all have ended. */
  public static void removeDrafts(URI dataset) throws IOException {
    JobFiles.in(dataset).delete(Draft.FOLDER);
  }

  /** The path of a shard within its dataset. */
  static String path(Split split, int index) {
    return String.format(Locale.ROOT, "split=%s/part-%05d.parquet", split.text(), index);
  }

  /** Adds one row. */
  public void write(Picture picture) throws IOException {
    writer.write(picture);
    rows++;
  }

  /** Ends the file and says what the manifest is to list. */
  public ShardEntry finish() throws IOException {
    close();
    List<Integer> groups =
        writer.getFooter().getBlocks().stream().map(b -> Math.toIntExact(b.getRowCount())).toList();
    draft.publish();
    Path file = draft.target();
    long bytes = JobFiles.fileSystem(file).getFileStatus(file).getLen();
    return new ShardEntry(
        path, split, rows, bytes, HexFormat.of().formatHex(digest.digest()), groups);
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      writer.close();
    }
  }
}
