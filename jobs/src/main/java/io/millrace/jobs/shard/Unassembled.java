package io.millrace.jobs.shard;

import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;

/**
 * Converters that do nothing: columns are read one by one, but parquet-mr needs converters to
 * records.
 */
final class Unassembled extends GroupConverter {
  private static final PrimitiveConverter NOTHING = new PrimitiveConverter() {};

  @Override
  public Converter getConverter(int fieldIndex) {
    return NOTHING;
  }

  @Override
  public void start() {}

  @Override
  public void end() {}
}
