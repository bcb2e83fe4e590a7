package io.millrace.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.SmallPictures;
import io.millrace.jobs.image.codec.Background;
import io.millrace.jobs.image.codec.Decoded;
import io.millrace.jobs.image.codec.Decoder;
import io.millrace.jobs.image.codec.Encoder;
import io.millrace.jobs.image.codec.Limits;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.QuarantineReader;
import io.millrace.jobs.testing.CifarFiles;
import io.millrace.jobs.testing.Ingests;
import io.millrace.jobs.testing.JobRunner;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows give the right pixels in every stored form. */
class StoredPicturesTest {
  private static final int SIDE = 32;

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "images.store=original; 3; WHITE",
        "images.store=original; 1; WHITE",
        "images.store=original; 3; BLACK",
        "images.store=raw; 3; BLACK",
        "images.store=png; 1; WHITE",
        "images.store=webp; 3; BLACK",
      })
  void rowsGiveThePixelsOfTheFiles(String store, int channels, Background background)
      throws Exception {
    Map<String, byte[]> files = pictures();
    JobRunner.Done done =
        folder(
            files,
            store,
            "images.channels=" + channels,
            "images.background=" + background.name().toLowerCase(Locale.ROOT));
    Decoder decoder = new Decoder(channels, background, false, Limits.NONE);
    List<Picture> rows = Ingests.rows(done);
    assertThat(rows).hasSameSizeAs(files.keySet());
    for (Picture row : rows) {
      assertThat(row.channels()).isEqualTo(channels);
      Image right;
      try (Decoded decoded = decoder.open(files.get(row.id()))) {
        right = decoded.image();
      }
      Image image = row.decoded();
      assertThat(List.of(image.height(), image.width()))
          .containsExactly(right.height(), right.width());
      assertThat(image.pixels()).as(row.id()).isEqualTo(right.pixels());
    }
  }

  @Test
  void originalKeepsBytesOfFilesWithTheSamePixels() throws Exception {
    Map<String, byte[]> files = pictures();
    for (Picture row : Ingests.rows(folder(files, "images.background=black"))) {
      boolean same = !row.id().matches(".*(clear|rgba_|ga_|[.]gif|gif_|[.]bmp).*");
      assertThat(Arrays.equals(row.image(), files.get(row.id()))).as(row.id()).isEqualTo(same);
      if (!same) {
        assertThat(row.encoding()).isEqualTo(Encoding.PNG);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"webp,16384", "jpeg,65501"})
  void quarantinesPictureOverTheEncodersLimit(String form, int side) throws Exception {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("long.png", Encoder.png(new Image(1, 1, side, new byte[side])));
    files.put("short.png", Encoder.png(new Image(1, 4, 4, new byte[16])));
    JobRunner.Done done = folder(files, "images.store=" + form, "max-quarantine=100%");
    assertThat(Ingests.rows(done)).extracting(Picture::id).containsExactly("short.png");
    assertThat(QuarantineReader.read(done.folder().toUri(), 9, 9))
        .extracting(reject -> reject.id() + ": " + reject.reason())
        .singleElement()
        .asString()
        .startsWith("long.png: a side of " + side + " pixels, and ");
  }

  @Test
  void jpegQualityChangesTheSizeAndKeepsThePicture() throws Exception {
    Map<String, byte[]> files = pictures();
    long[] bytes = new long[2];
    int[] qualities = {15, 95};
    for (int i = 0; i < 2; i++) {
      JobRunner.Done done = folder(files, "images.store={ jpeg = " + qualities[i] + " }");
      for (Picture row : Ingests.rows(done)) {
        assertThat(row.encoding()).isEqualTo(Encoding.JPEG);
        assertThat(List.of(row.decoded().height(), row.decoded().width()))
            .containsExactly(row.height(), row.width());
        bytes[i] += row.image().length;
      }
    }
    assertThat(bytes[0]).isLessThan(bytes[1]);
  }

  @Test
  void convertsGreyIdxToRgb() throws Exception {
    byte[] noise = noise(5 * 28 * 28);
    Path folder = Files.createDirectories(temp.resolve("idx"));
    ByteBuffer images = ByteBuffer.allocate(16 + noise.length);
    images.putInt(0x803).putInt(5).putInt(28).putInt(28).put(noise);
    Files.write(folder.resolve("train-images-idx3-ubyte"), images.array());
    ByteBuffer labels = ByteBuffer.allocate(13).putInt(0x801).putInt(5);
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels.array());
    for (String store : List.of("raw", "png", "original")) {
      JobRunner.Done done =
          Ingests.run(
              temp,
              "idx-" + store,
              "source.format=idx",
              "source.path=" + folder,
              "images.channels=3",
              "images.store=" + store);
      List<Picture> rows = Ingests.rows(done);
      assertThat(rows).hasSize(5);
      for (Picture row : rows) {
        int at = 784 * Integer.parseInt(row.id().substring("train#".length()));
        byte[] gray = Arrays.copyOfRange(noise, at, at + 784);
        Image image = row.decoded();
        for (int c = 0; c < 3; c++) {
          assertThat(Arrays.copyOfRange(image.pixels(), c * 784, (c + 1) * 784)).isEqualTo(gray);
        }
      }
    }
  }

  @Test
  void convertsColouredCifarToGrey() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("cifar"));
    byte[] records = CifarFiles.records(4, 3);
    for (int i = 1; i <= 5; i++) {
      Files.write(folder.resolve("data_batch_" + i + ".bin"), records);
    }
    Files.write(folder.resolve("test_batch.bin"), records);
    JobRunner.Done done =
        Ingests.run(
            temp, "gray", "source.format=cifar10", "source.path=" + folder, "images.channels=1");
    List<Picture> rows = Ingests.rows(done);
    assertThat(rows).hasSize(24);
    Picture first =
        rows.stream().filter(row -> row.id().matches("test.*#0")).findFirst().orElseThrow();
    Image image = first.decoded();
    int plane = SIDE * SIDE;
    for (int i = 0; i < plane; i++) {
      double luma =
          0.299 * (records[1 + i] & 0xFF)
              + 0.587 * (records[1 + plane + i] & 0xFF)
              + 0.114 * (records[1 + 2 * plane + i] & 0xFF);
      assertThat(Math.abs((image.pixels()[i] & 0xFF) - luma)).isLessThan(0.51);
    }
  }

  @Test
  void keepsTruncatedPicturesAsCompletePngs() throws Exception {
    Map<String, byte[]> files = new TreeMap<>();
    byte[] whole = SmallPictures.all(temp).get("photo_busy_444.jpg");
    files.put("x/cut.jpg", Arrays.copyOf(whole, whole.length / 2));
    files.put("x/whole.jpg", whole);
    JobRunner.Done done = folder(files, "images.truncated=keep");
    for (Picture row : Ingests.rows(done)) {
      assertThat(row.encoding())
          .isEqualTo(row.id().equals("x/cut.jpg") ? Encoding.PNG : Encoding.JPEG);
      assertThat(row.decoded().height()).isEqualTo(row.height());
    }
    assertThat(Dataset.open(done.folder().toUri()).notes()).containsEntry("truncated-kept", 1L);
  }

  @Test
  void refusesOriginalWithAResizeAndNamesBoth() {
    assertThatThrownBy(
            () ->
                Ingests.parameters(
                    "source.format=folder",
                    "source.path=" + temp,
                    "images.store=original",
                    "images.resize.shorter=64"))
        .hasMessageContaining("store")
        .hasMessageContaining("resize");
  }

  @Test
  void refusesTwoChannels() {
    assertThatThrownBy(
            () ->
                Ingests.parameters(
                    "source.format=folder", "source.path=" + temp, "images.channels=2"))
        .hasMessageContaining("channels")
        .hasMessageContaining("1 (grey) or 3 (RGB)");
  }

  private Map<String, byte[]> pictures() throws Exception {
    Map<String, byte[]> files = new TreeMap<>();
    SmallPictures.all(temp).forEach((name, bytes) -> files.put("some/" + name, bytes));
    return files;
  }

  private JobRunner.Done folder(Map<String, byte[]> files, String... options) throws Exception {
    String name = "in-" + Arrays.toString(options).replaceAll("\\W+", "-");
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = temp.resolve(name).resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    String[] all = Arrays.copyOf(options, options.length + 2);
    all[options.length] = "source.format=folder";
    all[options.length + 1] = "source.path=" + temp.resolve(name);
    return Ingests.run(temp, "out-" + name, all);
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(1).nextBytes(noise);
    return noise;
  }
}
