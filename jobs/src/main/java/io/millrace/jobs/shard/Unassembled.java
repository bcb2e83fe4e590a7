package io.millrace.jobs.shard;

import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;

/**
 * Columns are read one by one and never assembled to records, yet parquet-mr asks for converters.
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
