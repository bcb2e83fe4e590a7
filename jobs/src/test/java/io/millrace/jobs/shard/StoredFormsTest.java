package io.millrace.jobs.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.image.Encoding;
import io.millrace.pipeline.CannotException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compressed and uncompressed shards of small and of huge pictures. */
class StoredFormsTest {
  private static final int SIDE = 28;

  @TempDir Path temp;

  @Test
  void compressesDigitsButNotPhotographs() throws Exception {
    List<Picture> noise = raw(3000, 1, SIDE);
    List<Picture> digits = new ArrayList<>();
    for (Picture picture : noise) {
      // A margin of two thirds, as around a written digit.
      byte[] pixels = picture.image().clone();
      Arrays.fill(pixels, pixels.length / 3, pixels.length, (byte) 0);
      digits.add(new Picture(picture.id(), 0, SIDE, SIDE, 1, Encoding.RAW, pixels));
    }
    assertThat(codec(stored(noise, 0))).isEqualTo(CompressionCodecName.UNCOMPRESSED);
    assertThat(codec(stored(digits, 1))).isEqualTo(CompressionCodecName.ZSTD);
  }

  @Test
  void storesShardsOfFewOrNoPictures() throws Exception {
    assertThat(stored(raw(2, 3, 4), 0).rows()).isEqualTo(2);
    assertThat(stored(List.of(), 1).rows()).isZero();
  }

  @Test
  void readsPicturesLargerThanABufferBetweenSmallOnes() throws Exception {
    List<Picture> mixed = new ArrayList<>(raw(200, 3, 20));
    mixed.addAll(50, raw(2, 3, 1200));
    mixed.addAll(raw(1, 1, 2500));
    stored(mixed, 0);
  }

  @Test
  void namesUndecodablePicture() throws Exception {
    List<Picture> pictures = new ArrayList<>(raw(3, 1, 4));
    pictures.add(new Picture("broken", 0, 4, 4, 1, Encoding.RAW, new byte[5]));
    ShardEntry shard = written(pictures, 0);
    try (ShardReader reader = ShardReader.open(temp.toUri(), shard)) {
      assertThatThrownBy(() -> reader.pixels(0, (row, channels, plane, pixels, at) -> {}))
          .isInstanceOf(CannotException.class)
          .hasMessageStartingWith("Cannot decode picture broken: 5 bytes");
    }
  }

  /** Writes them, and finds them again in both ways of reading. */
  private ShardEntry stored(List<Picture> pictures, int index) throws Exception {
    ShardEntry shard = written(pictures, index);
    List<Picture> rows = new ArrayList<>();
    List<byte[]> seen = new ArrayList<>();
    try (ShardReader reader = ShardReader.open(temp.toUri(), shard)) {
      for (int group = 0; group < shard.rowGroups().size(); group++) {
        rows.addAll(reader.rowGroup(group));
        reader.pixels(
            group,
            (row, channels, plane, pixels, at) ->
                seen.add(Arrays.copyOfRange(pixels, at, at + channels * plane)));
      }
    }
    assertThat(rows).hasSameSizeAs(pictures);
    assertThat(seen).hasSameSizeAs(pictures);
    for (int i = 0; i < seen.size(); i++) {
      byte[] image = pictures.get(i).image();
      assertThat(rows.get(i).id()).isEqualTo(pictures.get(i).id());
      assertThat(rows.get(i).label()).isEqualTo(pictures.get(i).label());
      assertThat(Arrays.equals(rows.get(i).image(), image)).as("row %d", i).isTrue();
      assertThat(Arrays.equals(seen.get(i), image)).as("pixels of row %d", i).isTrue();
    }
    return shard;
  }

  private ShardEntry written(List<Picture> pictures, int index) throws Exception {
    try (ShardWriter writer = ShardWriter.create(temp.toUri(), Split.TRAIN, index, List.of())) {
      for (Picture picture : pictures) {
        writer.write(picture);
      }
      return writer.finish();
    }
  }

  /** As Parquet's own reader finds it in the footer. */
  private CompressionCodecName codec(ShardEntry shard) throws Exception {
    var path = new org.apache.hadoop.fs.Path(temp.resolve(shard.path()).toUri());
    try (ParquetFileReader file =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, new Configuration()))) {
      return file.getFooter().getBlocks().get(0).getColumns().get(ShardSchema.IMAGE).getCodec();
    }
  }

  private static List<Picture> raw(int count, int channels, int side) {
    Random random = new Random(side);
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] pixels = new byte[channels * side * side];
      random.nextBytes(pixels);
      String id = side + "#" + i;
      pictures.add(new Picture(id, i % 10, side, side, channels, Encoding.RAW, pixels));
    }
    return pictures;
  }
}
