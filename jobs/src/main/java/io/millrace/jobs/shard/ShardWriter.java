package io.millrace.jobs.shard;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.image.Encoding;
import io.millrace.pipeline.store.Digests;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;

/** Writes one shard. The same pictures in the same order give the same bytes. */
public final class ShardWriter implements Closeable {
  private final String path;
  private final TemporaryFile temporary;
  private final ShardFooter footer;
  private final MessageDigest digest = Digests.sha256();
  private final CodecChoice choice = new CodecChoice();
  private final Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
  private ParquetWriter<Picture> writer;
  private int rows;
  private boolean closed;

  private ShardWriter(String path, TemporaryFile temporary, ShardFooter footer) {
    this.path = path;
    this.temporary = temporary;
    this.footer = footer;
  }

  /**
   * Begins shard {@code index} of a split. It appears in the dataset when it is finished; if one of
   * that name is there already, that one stays. Its first pictures decide whether it is compressed.
   *
   * @param classNames by label number, for the footer
   */
  public static ShardWriter create(URI dataset, Split split, int index, List<String> classNames)
      throws IOException {
    String path = path(split, index);
    return new ShardWriter(
        path,
        TemporaryFile.of(JobFiles.in(dataset), path),
        new ShardFooter(split, index, classNames));
  }

  /** Removes the incomplete files of killed tasks; to be called when all tasks have ended. */
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
    encodings.add(picture.encoding());
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
            new ShardSupport(footer),
            choice.codec(),
            JobFiles.configuration());
    for (Picture picture : choice.held()) {
      writer.write(picture);
    }
    choice.held().clear();
  }

  /** The encodings of the images so far. */
  public Set<Encoding> encodings() {
    return Collections.unmodifiableSet(encodings);
  }

  /** Finishes the file and gives its entry for the manifest. */
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
        path, footer.split(), rows, bytes, HexFormat.of().formatHex(digest.digest()), groups);
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
