package io.millrace.jobs.shard;

import io.millrace.jobs.files.JobFiles;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;

/** Reads what {@link QuarantineWriter} wrote. */
public final class QuarantineReader {
  private QuarantineReader() {}

  /**
   * The quarantine of a dataset, file by file in the order of names, with any extension: the first
   * versions used {@code .parquet}. Empty if there is none.
   *
   * @param files at most so many files are opened
   * @param rejects at most so many are given
   */
  public static List<Reject> read(URI dataset, int files, int rejects) throws IOException {
    JobFiles folder = JobFiles.in(JobFiles.in(dataset).path(QuarantineWriter.FOLDER).toUri());
    List<Reject> found = new ArrayList<>();
    for (String name : folder.names().stream().sorted().limit(files).toList()) {
      if (found.size() < rejects) {
        read(folder.path(name).toUri(), rejects, found);
      }
    }
    return found;
  }

  private static void read(URI file, int most, List<Reject> found) throws IOException {
    try (ParquetFileReader reader =
        new ParquetFileReader(
            new ShardFile(JobFiles.readAt(file)), ParquetReadOptions.builder().build())) {
      for (PageReadStore pages = reader.readNextRowGroup();
          pages != null && found.size() < most;
          pages = reader.readNextRowGroup()) {
        ColumnReadStoreImpl columns =
            new ColumnReadStoreImpl(
                pages,
                new Unassembled(),
                QuarantineWriter.SCHEMA,
                reader.getFileMetaData().getCreatedBy());
        ColumnReader[] row = new ColumnReader[QuarantineWriter.SCHEMA.getFieldCount()];
        for (int c = 0; c < row.length; c++) {
          row[c] = columns.getColumnReader(QuarantineWriter.SCHEMA.getColumns().get(c));
        }
        for (long left = pages.getRowCount(); left > 0 && found.size() < most; left--) {
          found.add(new Reject(text(row[0]), text(row[1]), text(row[2]), number(row[3])));
        }
      }
    }
  }

  private static String text(ColumnReader column) {
    String value = column.getBinary().toStringUsingUTF8();
    column.consume();
    return value;
  }

  private static long number(ColumnReader column) {
    long value = column.getLong();
    column.consume();
    return value;
  }
}
