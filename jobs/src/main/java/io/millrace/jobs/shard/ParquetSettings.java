package io.millrace.jobs.shard;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.natives.CodecLibraries;
import io.millrace.pipeline.store.Digests;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.RecordConsumer;

/** The settings of every Parquet file: row groups of 64 MB, pages of 1 MB. */
public final class ParquetSettings {
  private static final long ROW_GROUP_BYTES = 64L << 20;
  private static final int PAGE_BYTES = 1 << 20;

  /** Parquet's own first check after 100 rows would let 10 MB of pictures into one page. */
  private static final int ROWS_BEFORE_CHECK = 4;

  private ParquetSettings() {}

  /**
   * A new compressed file; one of that name is replaced. The same rows give the same bytes.
   *
   * @param support how a row is written
   */
  public static <T> ParquetWriter<T> compressed(Path file, WriteSupport<T> support)
      throws IOException {
    return writer(
        new DigestingFile(file, Digests.sha256()),
        support,
        CompressionCodecName.ZSTD,
        JobFiles.configuration());
  }

  static <T> ParquetWriter<T> writer(
      DigestingFile file, WriteSupport<T> support, CompressionCodecName codec, Configuration hadoop)
      throws IOException {
    CodecLibraries.load();
    return new Builder<>(file, new TellingTheEnd<>(file, support))
        .withConf(hadoop)
        .withCompressionCodec(codec)
        .withRowGroupSize(ROW_GROUP_BYTES)
        .withPageSize(PAGE_BYTES)
        .withMinRowCountForPageSizeCheck(ROWS_BEFORE_CHECK)
        .withDictionaryEncoding(true)
        .withDictionaryEncoding(ShardSchema.ID_NAME, false)
        .withDictionaryEncoding(ShardSchema.IMAGE_NAME, false)
        .build();
  }

  private static final class Builder<T> extends ParquetWriter.Builder<T, Builder<T>> {
    private final WriteSupport<T> support;

    Builder(OutputFile file, WriteSupport<T> support) {
      super(file);
      this.support = support;
    }

    @Override
    protected Builder<T> self() {
      return this;
    }

    @Override
    protected WriteSupport<T> getWriteSupport(Configuration configuration) {
      return support;
    }
  }

  /** Tells the file when the last row is written, which parquet-hadoop does not do otherwise. */
  private static final class TellingTheEnd<T> extends WriteSupport<T> {
    private final DigestingFile file;
    private final WriteSupport<T> rows;

    TellingTheEnd(DigestingFile file, WriteSupport<T> rows) {
      this.file = file;
      this.rows = rows;
    }

    @Override
    public WriteContext init(Configuration configuration) {
      return rows.init(configuration);
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
      rows.prepareForWrite(recordConsumer);
    }

    @Override
    public void write(T row) {
      rows.write(row);
    }

    @Override
    public FinalizedWriteContext finalizeWrite() {
      file.beginTail();
      return rows.finalizeWrite();
    }
  }
}
