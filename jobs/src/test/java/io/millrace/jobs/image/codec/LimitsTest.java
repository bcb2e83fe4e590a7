package io.millrace.jobs.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.Pictures;
import io.millrace.jobs.image.header.FileForm;
import io.millrace.jobs.image.header.Header;
import io.millrace.jobs.image.header.UnusableImageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of a picture's pixels and bytes. */
class LimitsTest {
  private static final int SIDE = 30_000;
  private static final Limits DEFAULT = new Limits(128_000_000, 128L << 20);

  private static final long BOMB = 200L << 20;

  @ParameterizedTest
  @EnumSource
  void refusesHugeClaimedSizeBeforeAllocating(FileForm form) throws Exception {
    byte[] bomb = claiming(form, Pictures.scene(3, 20, 30, 1));
    assertThat(Header.of(bomb))
        .extracting(Header::form, Header::pixels)
        .containsExactly(form, claimed(form));
    // Everything that is loaded once is loaded now.
    Pictures.rgb(Encoder.png(Pictures.scene(3, 20, 30, 1)));
    Decoder decoder = new Decoder(3, Background.WHITE, true, new Limits(100_000_000, 128L << 20));
    long before = Pointer.physicalBytes();
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> decoder.open(bomb))
          .isInstanceOf(UnusableImageException.class)
          .hasMessageContaining("max-pixels");
    }
    assertThat(Pointer.physicalBytes() - before).isLessThan(100L << 20);
  }

  @Test
  void refusesFileOverItsLimitAndNamesTheKey() throws Exception {
    byte[] file = Encoder.png(Pictures.scene(3, 20, 30, 1));
    Decoder fits = new Decoder(3, Background.WHITE, false, new Limits(600, file.length));
    assertThat(Pictures.image(fits, file).pixels()).hasSize(1800);
    Decoder small = new Decoder(3, Background.WHITE, false, new Limits(600, file.length - 1));
    assertThatThrownBy(() -> small.open(file)).hasMessageContaining("max-bytes");
    Decoder few = new Decoder(3, Background.WHITE, false, new Limits(599, file.length));
    assertThatThrownBy(() -> few.open(file)).hasMessageContaining("max-pixels");
  }

  /** Text of 200 MB, packed into 200 kB: a decoder that unpacks it pays for it. */
  @ParameterizedTest
  @ValueSource(strings = {"zTXt", "iCCP", "iTXt"})
  void compressedTextOfPngTakesNoMemory(String name) throws Exception {
    byte[] png = Encoder.png(Pictures.scene(3, 20, 30, 1));
    byte[] prefix =
        (name.equals("iTXt") ? "a\0\1\0\0\0" : "a\0\0").getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(prefix);
    body.write(packed(BOMB));
    byte[] bomb = withChunk(png, name, body.toByteArray());
    long before = peak();
    Image image = Pictures.image(new Decoder(3, Background.WHITE, false, DEFAULT), bomb);
    assertThat(image.pixels()).isEqualTo(Pictures.scene(3, 20, 30, 1).pixels());
    assertThat(peak() - before).isLessThan(BOMB / 2);
  }

  @Test
  void refusesOtherChannelsThanGrayAndRgb() {
    for (int channels : new int[] {-1, 0, 2, 4}) {
      assertThatThrownBy(() -> new Decoder(channels, Background.WHITE, false, DEFAULT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 channel (grey) or 3 (RGB)");
    }
  }

  @Test
  void refusesEmptyFilesAndOtherFormats() {
    assertThatThrownBy(() -> Header.of(new byte[0])).hasMessage("an empty file");
    assertThatThrownBy(() -> Header.of(new byte[1])).hasMessage("no picture file");
    assertThatThrownBy(() -> Header.of("<html>".getBytes(StandardCharsets.UTF_8)))
        .hasMessage("an HTML page");
  }

  private static long claimed(FileForm form) {
    // A side has 14 bits in a plain WebP.
    return form == FileForm.WEBP ? 16_000L * 16_000 : (long) SIDE * SIDE;
  }

  private static byte[] claiming(FileForm form, Image small) throws Exception {
    switch (form) {
      case PNG -> {
        byte[] png = Encoder.png(small);
        ByteBuffer.wrap(png).putInt(16, SIDE).putInt(20, SIDE);
        CRC32 sum = new CRC32();
        sum.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());
        return png;
      }
      case JPEG -> {
        byte[] jpeg = Encoder.jpeg(small, 90);
        int frame = 0;
        while (jpeg[frame] != (byte) 0xFF || jpeg[frame + 1] != (byte) 0xC0) {
          frame++;
        }
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) SIDE).putShort(frame + 7, (short) SIDE);
        return jpeg;
      }
      case WEBP -> {
        byte[] webp = Encoder.webp(small);
        ByteBuffer bits = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bits.get(20)).as("lossless").isEqualTo((byte) 0x2F);
        bits.putInt(21, (bits.getInt(21) & 0xF0000000) | (15_999 << 14) | 15_999);
        return webp;
      }
      case GIF -> {
        ByteBuffer gif = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        gif.put("GIF89a".getBytes(StandardCharsets.UTF_8)).putShort((short) SIDE);
        gif.putShort((short) SIDE).put(new byte[] {0, 0, 0, 0x2C, 0, 0, 0, 0});
        return gif.putShort((short) SIDE).putShort((short) SIDE).array();
      }
      case BMP -> {
        ByteBuffer bmp = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put((byte) 'B').put((byte) 'M').putInt(10, 54).putInt(14, 40);
        return bmp.putInt(18, SIDE).putInt(22, -SIDE).putShort(28, (short) 24).array();
      }
    }
    throw new IllegalArgumentException(form.toString());
  }

  private static byte[] packed(long length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream packed = new DeflaterOutputStream(bytes, new Deflater(9))) {
      byte[] zeros = new byte[1 << 20];
      for (long at = 0; at < length; at += zeros.length) {
        packed.write(zeros);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] withChunk(byte[] png, String name, byte[] body) throws IOException {
    int header = 33;
    ByteBuffer chunk = ByteBuffer.allocate(body.length + 12);
    chunk.putInt(body.length).put(name.getBytes(StandardCharsets.UTF_8)).put(body);
    CRC32 sum = new CRC32();
    sum.update(chunk.array(), 4, body.length + 4);
    chunk.putInt((int) sum.getValue());
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(png, 0, header);
    all.write(chunk.array());
    all.write(Arrays.copyOfRange(png, header, png.length));
    return all.toByteArray();
  }

  /** The most that this process ever held, in bytes. */
  private static long peak() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .sum();
  }
}
