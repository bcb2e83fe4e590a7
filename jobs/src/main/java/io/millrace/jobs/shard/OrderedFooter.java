package io.millrace.jobs.shard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.Comparator;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Makes a Parquet footer the same in every JVM. parquet-mr lists the encodings of a column in the
 * order of a hash set of enum constants, whose hash codes differ between JVMs. The footer's own
 * keys are sorted by name.
 */
final class OrderedFooter {
  private static final int MAGIC_BYTES = 4;
  private static final int TRAILER_BYTES = Integer.BYTES + MAGIC_BYTES;

  private OrderedFooter() {}

  /**
   * The end of a file with its footer in order.
   *
   * @param tail a file's last bytes: any bytes, the whole footer, and the trailer
   */
  static byte[] in(byte[] tail) throws IOException {
    int end = tail.length - TRAILER_BYTES;
    int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
    int start = end - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(tail, start, length));
    for (RowGroup group : footer.getRow_groups()) {
      for (ColumnChunk column : group.getColumns()) {
        Collections.sort(column.getMeta_data().getEncodings());
      }
    }
    if (footer.isSetKey_value_metadata()) {
      footer.getKey_value_metadata().sort(Comparator.comparing(KeyValue::getKey));
    }
    ByteArrayOutputStream ordered = new ByteArrayOutputStream(tail.length);
    ordered.write(tail, 0, start);
    Util.writeFileMetaData(footer, ordered);
    ByteBuffer trailer = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    ordered.writeBytes(trailer.putInt(ordered.size() - start).array());
    ordered.write(tail, end + Integer.BYTES, MAGIC_BYTES);
    return ordered.toByteArray();
  }
}
