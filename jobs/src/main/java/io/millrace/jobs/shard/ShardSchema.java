package io.millrace.jobs.shard;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** The columns of a shard, in order; every one is required. */
final class ShardSchema {
  static final int ID = 0;
  static final int LABEL = 1;
  static final int HEIGHT = 2;
  static final int WIDTH = 3;
  static final int CHANNELS = 4;
  static final int ENCODING = 5;
  static final int IMAGE = 6;

  static final String ID_NAME = "id";
  static final String IMAGE_NAME = "image";

  static final MessageType MESSAGE =
      Types.buildMessage()
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named(ID_NAME)
          .required(PrimitiveTypeName.INT32)
          .named("label")
          .required(PrimitiveTypeName.INT32)
          .named("height")
          .required(PrimitiveTypeName.INT32)
          .named("width")
          .required(PrimitiveTypeName.INT32)
          .named("channels")
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("encoding")
          .required(PrimitiveTypeName.BINARY)
          .named(IMAGE_NAME)
          .named("picture");

  /** The ids alone. */
  static final MessageType IDS = part(ID, LABEL);

  /** The labels alone. */
  static final MessageType LABELS = part(LABEL, HEIGHT);

  /** All but the images. */
  static final MessageType ROWS = part(ID, IMAGE);

  /** The shapes and encodings of the images. */
  static final MessageType SHAPES = part(HEIGHT, IMAGE);

  private ShardSchema() {}

  private static MessageType part(int first, int end) {
    return new MessageType(MESSAGE.getName(), MESSAGE.getFields().subList(first, end));
  }

  static ColumnDescriptor column(int index) {
    return MESSAGE.getColumns().get(index);
  }
}
