package io.millrace.jobs.shard;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
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
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/** Reads one shard by its pages. Not for use by several threads. */
public final class ShardReader implements Closeable {
  private final String shown;
  private final ReadAt bytes;
  private final ParquetFileReader file;

  private ShardReader(String shown, ReadAt bytes, ParquetFileReader file) {
    this.shown = shown;
    this.bytes = bytes;
    this.file = file;
  }

  /** Takes the pixels of one row after the other. */
  @FunctionalInterface
  public interface PixelSink {
    /**
     * The next row's.
     *
     * @param row its number in the row group, from 0
     * @param channels 1 or 3
     * @param plane pixels of a channel
     * @param pixels the array that holds them until this method returns: unsigned bytes in CHW
     *     order
     * @param at where they begin
     */
    void take(int row, int channels, int plane, byte[] pixels, int at);
  }

  /** Takes one row after the other. */
  @FunctionalInterface
  public interface RowSink {
    /**
     * The next row.
     *
     * @return whether to go on
     */
    boolean take(Picture picture);
  }

  /**
   * Opens a shard; its checksum is verified the first time in this JVM.
   *
   * @throws CannotException if the shard is missing or damaged
   */
  public static ShardReader open(URI dataset, ShardEntry shard) throws IOException {
    VerifiedShards.verify(JobFiles.in(dataset), shard);
    return glance(dataset, shard);
  }

  /**
   * Opens a shard to read a few rows, without verifying its checksum: damage may go unnoticed or
   * cause any exception of Parquet's.
   *
   * @throws IOException if the shard is missing
   */
  public static ShardReader glance(URI dataset, ShardEntry shard) throws IOException {
    URI place = JobFiles.in(dataset).path(shard.path()).toUri();
    ReadAt bytes = JobFiles.readAt(place);
    // From here on Parquet's reader closes the file, also if the footer is damaged.
    ParquetFileReader file =
        new ParquetFileReader(new ShardFile(bytes), ParquetReadOptions.builder().build());
    return new ShardReader(JobFiles.shown(place), bytes, file);
  }

  /** All rows of row group {@code index}, in order. */
  public List<Picture> rowGroup(int index) throws IOException {
    List<Picture> pictures = new ArrayList<>();
    rows(index, pictures::add);
    return pictures;
  }

  /** The rows of row group {@code index}, in order, until the sink has enough. */
  public void rows(int index, RowSink sink) throws IOException {
    PageReadStore pages = pages(ShardSchema.ROWS, index);
    ColumnReadStoreImpl columns = columns(pages, ShardSchema.ROWS);
    ColumnReader ids = columns.getColumnReader(ShardSchema.column(ShardSchema.ID));
    ColumnReader labels = columns.getColumnReader(ShardSchema.column(ShardSchema.LABEL));
    Shapes shapes = new Shapes(columns);
    ImagePages images = images(index);
    int rows = Math.toIntExact(pages.getRowCount());
    boolean wanted = true;
    for (int row = 0; row < rows && wanted; row++) {
      shapes.advance();
      images.advance();
      wanted = sink.take(shapes.picture(text(ids), number(labels), images.copy()));
    }
  }

  /**
   * The pixels alone of row group {@code index}, one picture after the other.
   *
   * @throws CannotException naming the id, if a picture's bytes can't be decoded
   */
  public void pixels(int index, PixelSink sink) throws IOException {
    PageReadStore pages = pages(ShardSchema.SHAPES, index);
    Shapes shapes = new Shapes(columns(pages, ShardSchema.SHAPES));
    ImagePages images = images(index);
    int rows = Math.toIntExact(pages.getRowCount());
    for (int row = 0; row < rows; row++) {
      shapes.advance();
      images.advance();
      int plane = shapes.height * shapes.width;
      if (shapes.encoding == Encoding.RAW && images.length() == shapes.channels * plane) {
        sink.take(row, shapes.channels, plane, images.bytes(), images.at());
      } else {
        sink.take(row, shapes.channels, plane, decoded(index, row, shapes, images), 0);
      }
    }
  }

  private byte[] decoded(int index, int row, Shapes shapes, ImagePages images) throws IOException {
    Picture picture = shapes.picture("", 0, images.copy());
    try {
      return picture.decoded().pixels();
    } catch (CannotException e) {
      // Ids are read only to name one in an error.
      return picture.named(ids(index).get(row)).decoded().pixels();
    }
  }

  /**
   * Some rows of row group {@code index}; few other images are read.
   *
   * @param wanted numbers of rows, ascending
   */
  public List<Picture> rows(int index, int... wanted) throws IOException {
    List<Picture> pictures = new ArrayList<>(wanted.length);
    if (wanted.length == 0) {
      return pictures;
    }
    PageReadStore pages = pages(ShardSchema.ROWS, index);
    ColumnReadStoreImpl columns = columns(pages, ShardSchema.ROWS);
    ColumnReader ids = columns.getColumnReader(ShardSchema.column(ShardSchema.ID));
    ColumnReader labels = columns.getColumnReader(ShardSchema.column(ShardSchema.LABEL));
    Shapes shapes = new Shapes(columns);
    OffsetIndex offsets = file.readOffsetIndex(imageColumn(index));
    int row = 0;
    for (int next : wanted) {
      String id;
      int label;
      do {
        shapes.advance();
        id = text(ids);
        label = number(labels);
      } while (row++ < next);
      pictures.add(shapes.picture(id, label, image(index, offsets, next)));
    }
    return pictures;
  }

  private byte[] image(int index, OffsetIndex offsets, int row) throws IOException {
    int page = offsets.getPageCount() - 1;
    while (offsets.getFirstRowIndex(page) > row) {
      page--;
    }
    ImagePages images = new ImagePages(bytes, imageColumn(index), offsets.getOffset(page));
    for (long before = offsets.getFirstRowIndex(page); before <= row; before++) {
      images.advance();
    }
    return images.copy();
  }

  private ColumnChunkMetaData imageColumn(int index) {
    return file.getFooter().getBlocks().get(index).getColumns().get(ShardSchema.IMAGE);
  }

  private ImagePages images(int index) throws IOException {
    ColumnChunkMetaData column = imageColumn(index);
    return new ImagePages(bytes, column, column.getStartingPos());
  }

  /** The ids alone of row group {@code index}, in order; the images are not read. */
  public List<String> ids(int index) throws IOException {
    PageReadStore pages = pages(ShardSchema.IDS, index);
    ColumnReader ids =
        columns(pages, ShardSchema.IDS).getColumnReader(ShardSchema.column(ShardSchema.ID));
    int rows = Math.toIntExact(pages.getRowCount());
    List<String> result = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      result.add(text(ids));
    }
    return result;
  }

  /** The labels alone of row group {@code index}, in order; the images are not read. */
  public List<Integer> labels(int index) throws IOException {
    PageReadStore pages = pages(ShardSchema.LABELS, index);
    ColumnReader labels =
        columns(pages, ShardSchema.LABELS).getColumnReader(ShardSchema.column(ShardSchema.LABEL));
    int rows = Math.toIntExact(pages.getRowCount());
    List<Integer> result = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      result.add(number(labels));
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

  /** Shape and encoding of the image of one row after the other. */
  private final class Shapes {
    private final ColumnReader heights;
    private final ColumnReader widths;
    private final ColumnReader allChannels;
    private final ColumnReader encodings;
    private Binary read = Binary.EMPTY;
    private int height;
    private int width;
    private int channels;
    private Encoding encoding = Encoding.RAW;

    Shapes(ColumnReadStoreImpl columns) {
      heights = columns.getColumnReader(ShardSchema.column(ShardSchema.HEIGHT));
      widths = columns.getColumnReader(ShardSchema.column(ShardSchema.WIDTH));
      allChannels = columns.getColumnReader(ShardSchema.column(ShardSchema.CHANNELS));
      encodings = columns.getColumnReader(ShardSchema.column(ShardSchema.ENCODING));
    }

    void advance() {
      height = number(heights);
      width = number(widths);
      channels = number(allChannels);
      Binary next = encodings.getBinary();
      encodings.consume();
      if (!next.equals(read)) {
        encoding = encoding(next.toStringUsingUTF8());
        read = next.copy();
      }
    }

    Picture picture(String id, int label, byte[] image) {
      return new Picture(id, label, height, width, channels, encoding, image);
    }

    private Encoding encoding(String text) {
      try {
        return Encoding.of(text);
      } catch (IllegalArgumentException unknown) {
        throw new CannotException(
            "read shard " + shown,
            "it holds a picture encoded as '" + text + "', which is unknown");
      }
    }
  }
}
