package io.millrace.jobs.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.Pictures;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncoderTest {
  @ParameterizedTest
  @CsvSource({"1,1,1", "3,1,1", "1,17,5", "3,17,5", "1,1,200", "3,200,1", "3,123,77"})
  void pngAndWebpAreLossless(int channels, int height, int width) throws Exception {
    Image image = Pictures.scene(channels, height, width, 5);
    Image png = Pictures.image(Pictures.decoder(channels), Encoder.png(image));
    assertThat(png).usingRecursiveComparison().isEqualTo(image);
    Image webp = Pictures.image(Pictures.decoder(channels), Encoder.webp(image));
    assertThat(webp).usingRecursiveComparison().isEqualTo(image);
  }

  @ParameterizedTest
  @CsvSource({"1", "3"})
  void higherQualityTakesMoreBytesWithSmallerError(int channels) throws Exception {
    Image image = Pictures.scene(channels, 90, 120, 6);
    byte[] poor = Encoder.jpeg(image, 20);
    byte[] good = Encoder.jpeg(image, 95);
    assertThat(poor).hasSizeLessThan(good.length / 2);
    assertThat(error(image, good)).isLessThan(error(image, poor));
    byte[] poorWebp = Encoder.webp(image, 10);
    byte[] goodWebp = Encoder.webp(image, 100);
    assertThat(poorWebp).hasSizeLessThan(goodWebp.length / 2);
    assertThat(error(image, goodWebp)).isLessThan(error(image, poorWebp));
  }

  @ParameterizedTest
  @CsvSource({"1", "3"})
  void samePixelsGiveTheSameBytes(int channels) {
    Image image = Pictures.scene(channels, 40, 50, 7);
    Image other = Pictures.scene(channels, 50, 40, 8);
    byte[] png = Encoder.png(image);
    byte[] webp = Encoder.webp(image, 80);
    byte[] jpeg = Encoder.jpeg(image, 80);
    assertThat(Encoder.png(other)).isNotEqualTo(png);
    assertThat(Encoder.png(image)).isEqualTo(png);
    assertThat(Encoder.webp(image, 80)).isEqualTo(webp);
    assertThat(Encoder.jpeg(image, 80)).isEqualTo(jpeg);
  }

  private static double error(Image image, byte[] file) throws Exception {
    Image decoded = Pictures.image(Pictures.decoder(image.channels()), file);
    double sum = 0;
    for (int i = 0; i < image.pixels().length; i++) {
      sum += Math.abs((image.pixels()[i] & 0xFF) - (decoded.pixels()[i] & 0xFF));
    }
    return sum;
  }
}
