package io.millrace.jobs.shard;

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
  static final MessageType IDS = new MessageType(MESSAGE.getName(), MESSAGE.getType(ID_NAME));

  private ShardSchema() {}
}
