package io.millrace.jobs.shard;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.image.Encoding;
import io.millrace.pipeline.CannotException;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;

/** Reads one shard by its pages. Not for use by several threads. */
public final class ShardReader implements Closeable {
  private final String shown;
  private final ParquetFileReader file;

  private ShardReader(String shown, ParquetFileReader file) {
    this.shown = shown;
    this.file = file;
  }

  /**
   * Opens a shard; the first time that this JVM does, its checksum is verified.
   *
   * @throws CannotException if the shard is missing or damaged
   */
  public static ShardReader open(URI dataset, ShardEntry shard) throws IOException {
    JobFiles files = JobFiles.in(dataset);
    VerifiedShards.verify(files, shard);
    HadoopInputFile input =
        HadoopInputFile.fromPath(files.path(shard.path()), JobFiles.configuration());
    ParquetFileReader reader = ParquetFileReader.open(input, ParquetReadOptions.builder().build());
    return new ShardReader(JobFiles.shown(files.path(shard.path()).toUri()), reader);
  }

  /** All rows of row group {@code index}, in order. */
  public List<Picture> rowGroup(int index) throws IOException {
    PageReadStore pages = pages(ShardSchema.MESSAGE, index);
    ColumnReadStoreImpl columns = columns(pages, ShardSchema.MESSAGE);
    ColumnReader[] readers =
        ShardSchema.MESSAGE.getColumns().stream()
            .map(columns::getColumnReader)
            .toArray(ColumnReader[]::new);
    int rows = Math.toIntExact(pages.getRowCount());
    List<Picture> pictures = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      pictures.add(
          new Picture(
              text(readers[ShardSchema.ID]),
              number(readers[ShardSchema.LABEL]),
              number(readers[ShardSchema.HEIGHT]),
              number(readers[ShardSchema.WIDTH]),
              number(readers[ShardSchema.CHANNELS]),
              encoding(text(readers[ShardSchema.ENCODING])),
              bytes(readers[ShardSchema.IMAGE])));
    }
    return pictures;
  }

  /** The ids alone of row group {@code index}, in order; the images are not read. */
  public List<String> ids(int index) throws IOException {
    PageReadStore pages = pages(ShardSchema.IDS, index);
    ColumnReader ids =
        columns(pages, ShardSchema.IDS).getColumnReader(ShardSchema.IDS.getColumns().get(0));
    int rows = Math.toIntExact(pages.getRowCount());
    List<String> result = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      result.add(text(ids));
    }
    return result;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private PageReadStore pages(MessageType columns, int index) throws IOException {
    file.setRequestedSchema(columns);
    return file.readRowGroup(index);
  }

  private ColumnReadStoreImpl columns(PageReadStore pages, MessageType schema) {
    return new ColumnReadStoreImpl(
        pages, new Unassembled(), schema, file.getFileMetaData().getCreatedBy());
  }

  private Encoding encoding(String text) {
    try {
      return Encoding.of(text);
    } catch (IllegalArgumentException unknown) {
      throw new CannotException(
          "read shard " + shown, "it holds a picture encoded as '" + text + "', which is unknown");
    }
  }

  private static String text(ColumnReader column) {
    String value = column.getBinary().toStringUsingUTF8();
    column.consume();
    return value;
  }

  private static int number(ColumnReader column) {
    int value = column.getInteger();
    column.consume();
    return value;
  }

  private static byte[] bytes(ColumnReader column) {
    byte[] value = column.getBinary().getBytes();
    column.consume();
    return value;
  }
}
