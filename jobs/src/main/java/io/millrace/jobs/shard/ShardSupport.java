package io.millrace.jobs.shard;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Tells parquet-hadoop how a picture becomes a row. */
final class ShardSupport extends WriteSupport<Picture> {
  private static final MessageType SCHEMA = ShardSchema.MESSAGE;
  private RecordConsumer consumer;

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(SCHEMA, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    consumer = recordConsumer;
  }

  @Override
  public void write(Picture picture) {
    consumer.startMessage();
    text(ShardSchema.ID, picture.id());
    number(ShardSchema.LABEL, picture.label());
    number(ShardSchema.HEIGHT, picture.height());
    number(ShardSchema.WIDTH, picture.width());
    number(ShardSchema.CHANNELS, picture.channels());
    text(ShardSchema.ENCODING, picture.encoding().text());
    binary(ShardSchema.IMAGE, Binary.fromConstantByteArray(picture.image()));
    consumer.endMessage();
  }

  private void text(int column, String value) {
    binary(column, Binary.fromString(value));
  }

  private void binary(int column, Binary value) {
    Type type = SCHEMA.getType(column);
    consumer.startField(type.getName(), column);
    consumer.addBinary(value);
    consumer.endField(type.getName(), column);
  }

  private void number(int column, int value) {
    Type type = SCHEMA.getType(column);
    consumer.startField(type.getName(), column);
    consumer.addInteger(value);
    consumer.endField(type.getName(), column);
  }
}
