package io.millrace.jobs.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.codec.Background;
import io.millrace.jobs.image.codec.Decoded;
import io.millrace.jobs.image.codec.Decoder;
import io.millrace.jobs.image.codec.Limits;
import io.millrace.jobs.image.header.UnusableImageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What torchvision made of pictures, as {@code torchvision.py} has stored it. */
public final class TorchvisionCases {
  private static final String FILE = "/io/millrace/jobs/transform/torchvision.json";
  private static final int CIFAR_SIDE = 32;
  private static final int CIFAR_PIXELS = 3 * CIFAR_SIDE * CIFAR_SIDE;

  private TorchvisionCases() {}

  /** The cases of one operation. */
  public static List<JsonNode> of(String operation) throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    try (InputStream in = TorchvisionCases.class.getResourceAsStream(FILE)) {
      for (JsonNode node : new ObjectMapper().readTree(in).get("cases")) {
        if (node.get("op").asText().equals(operation)) {
          cases.add(node);
        }
      }
    }
    return cases;
  }

  /** The picture that a case is of; skips the test if it is real and not there. */
  public static Image picture(JsonNode it) {
    JsonNode picture = it.get("picture");
    try {
      if (picture.has("formula")) {
        JsonNode shape = picture.get("formula");
        return formula(shape.get(0).asInt(), shape.get(1).asInt(), shape.get(2).asInt());
      }
      return picture.has("cifar")
          ? cifar(picture.get("cifar").asText().split("#"))
          : jpeg(RealData.path(picture.get("jpeg").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Image formula(int channels, int height, int width) {
    byte[] pixels = new byte[channels * height * width];
    for (int c = 0, at = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          pixels[at++] = (byte) (c * 31 + y * 17 + x * 7 + y * x % 13 * 5);
        }
      }
    }
    return new Image(channels, height, width, pixels);
  }

  private static Image cifar(String[] fileAndIndex) throws IOException {
    byte[] pixels = new byte[CIFAR_PIXELS];
    try (RandomAccessFile file =
        new RandomAccessFile(RealData.path(fileAndIndex[0]).toFile(), "r")) {
      file.seek(Long.parseLong(fileAndIndex[1]) * (1 + CIFAR_PIXELS) + 1);
      file.readFully(pixels);
    }
    return new Image(3, CIFAR_SIDE, CIFAR_SIDE, pixels);
  }

  private static Image jpeg(Path file) throws IOException {
    Decoder decoder = new Decoder(3, Background.WHITE, false, Limits.NONE);
    try (Decoded decoded = decoder.open(Files.readAllBytes(file))) {
      return decoded.image();
    } catch (UnusableImageException e) {
      throw new IOException(e);
    }
  }
}
