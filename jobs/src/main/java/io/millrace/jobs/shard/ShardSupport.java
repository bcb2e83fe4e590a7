package io.millrace.jobs.shard;

import org.apache.parquet.io.api.Binary;

/** Writes pictures as rows for parquet-hadoop. */
final class ShardSupport extends RowSupport<Picture> {
  ShardSupport(ShardFooter footer) {
    super(ShardSchema.MESSAGE, footer.keys());
  }

  @Override
  protected void columns(Picture picture) {
    text(ShardSchema.ID, picture.id());
    number(ShardSchema.LABEL, picture.label());
    number(ShardSchema.HEIGHT, picture.height());
    number(ShardSchema.WIDTH, picture.width());
    number(ShardSchema.CHANNELS, picture.channels());
    text(ShardSchema.ENCODING, picture.encoding().text());
    binary(ShardSchema.IMAGE, Binary.fromConstantByteArray(picture.image()));
  }
}
