package io.millrace.jobs.shard;

import com.github.luben.zstd.Zstd;
import io.millrace.jobs.natives.CodecLibraries;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Chooses a shard's codec by its first pictures: drawings, digits and blank margins shrink to a
 * part and are compressed; files that are compressed already do not, and raw photographs so little
 * that decompressing them in every epoch would cost more than reading them.
 */
final class CodecChoice {
  private static final int SAMPLE_BYTES = 1 << 20;

  /** Compresses if a fifth is saved. */
  private static final double WORTH = 0.8;

  private final List<Picture> held = new ArrayList<>();
  private final ByteArrayOutputStream sample = new ByteArrayOutputStream();

  /** Holds a picture back; says whether there are enough to choose. */
  boolean isEnoughWith(Picture picture) {
    held.add(picture);
    byte[] image = picture.image();
    sample.write(image, 0, Math.min(image.length, SAMPLE_BYTES - sample.size()));
    return sample.size() >= SAMPLE_BYTES;
  }

  /** The pictures held back, in order. */
  List<Picture> held() {
    return held;
  }

  CompressionCodecName codec() {
    byte[] bytes = sample.toByteArray();
    CodecLibraries.load();
    return Zstd.compress(bytes).length < bytes.length * WORTH
        ? CompressionCodecName.ZSTD
        : CompressionCodecName.UNCOMPRESSED;
  }
}
