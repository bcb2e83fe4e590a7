package io.millrace.jobs.shard;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/** Writes values as rows for parquet-hadoop, column by column in their order. */
public abstract class RowSupport<T> extends WriteSupport<T> {
  private final MessageType schema;
  private final Map<String, String> footer;
  private RecordConsumer consumer;

  protected RowSupport(MessageType schema) {
    this(schema, Map.of());
  }

  /**
   * @param footer keys and values of the file's footer
   */
  protected RowSupport(MessageType schema, Map<String, String> footer) {
    this.schema = schema;
    this.footer = footer;
  }

  /** Writes the columns of one row, by the methods of this class. */
  protected abstract void columns(T row);

  @Override
  public final WriteContext init(Configuration configuration) {
    return new WriteContext(schema, footer);
  }

  @Override
  public final void prepareForWrite(RecordConsumer recordConsumer) {
    consumer = recordConsumer;
  }

  @Override
  public final void write(T row) {
    consumer.startMessage();
    columns(row);
    consumer.endMessage();
  }

  protected final void text(int column, String value) {
    binary(column, Binary.fromString(value));
  }

  protected final void binary(int column, Binary value) {
    String name = name(column);
    consumer.startField(name, column);
    consumer.addBinary(value);
    consumer.endField(name, column);
  }

  protected final void number(int column, int value) {
    String name = name(column);
    consumer.startField(name, column);
    consumer.addInteger(value);
    consumer.endField(name, column);
  }

  protected final void number(int column, long value) {
    String name = name(column);
    consumer.startField(name, column);
    consumer.addLong(value);
    consumer.endField(name, column);
  }

  protected final void number(int column, double value) {
    String name = name(column);
    consumer.startField(name, column);
    consumer.addDouble(value);
    consumer.endField(name, column);
  }

  /** For a column of groups. */
  protected final RecordConsumer consumer() {
    return consumer;
  }

  private String name(int column) {
    return schema.getType(column).getName();
  }
}
