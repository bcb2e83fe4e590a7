package io.millrace.jobs.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.PixelSource;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.image.resample.PixelsInMemory;
import io.millrace.jobs.testing.TorchvisionCases;
import io.millrace.pipeline.job.Interval;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bit for bit what torchvision makes of the same pictures with Pillow. */
class TorchvisionTest {
  private static final Draws DRAWS = Draws.of(1, 2, 3);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hflip",
        "vflip",
        "pad",
        "crop",
        "center_crop",
        "resize",
        "resized_crop",
        "rgb_to_grayscale",
        "adjust_brightness",
        "adjust_contrast",
        "adjust_saturation",
        "adjust_hue"
      })
  void pixelsEqualTorchvision(String operation) throws Exception {
    int compared = 0;
    for (JsonNode it : TorchvisionCases.of(operation)) {
      if (isLargerThanThePicture(it)) {
        continue;
      }
      Image ours = done(operation, it.get("args"), TorchvisionCases.picture(it));
      assertThat(List.of(ours.channels(), ours.height(), ours.width()))
          .as(it.toString())
          .containsExactly(
              it.get("channels").asInt(), it.get("height").asInt(), it.get("width").asInt());
      assertThat(sha256(ours)).as(it.toString()).isEqualTo(it.get("sha256").asText());
      compared++;
    }
    assertThat(compared).isGreaterThan(3);
  }

  /** Test-time sets cut squares, as networks take them that are told their input. */
  @ParameterizedTest
  @ValueSource(strings = {"five_crop", "ten_crop"})
  void testTimeCropsEqualTorchvision(String operation) throws Exception {
    int compared = 0;
    for (JsonNode it : TorchvisionCases.of(operation)) {
      int side = it.get("height").asInt();
      Image picture = TorchvisionCases.picture(it);
      if (it.get("width").asInt() != side || it.get("args").path("vertical_flip").asBoolean()) {
        continue;
      }
      Optional<Integer> own = Optional.of(Math.min(picture.height(), picture.width()));
      TestTimeSet set =
          operation.equals("five_crop")
              ? new TestTimeSet.FiveCrop(own)
              : new TestTimeSet.TenCrop(own);
      List<String> digests = new ArrayList<>();
      for (TestTimeForm form : set.forms(side, side)) {
        digests.add(sha256(form.chain().apply(picture, DRAWS)));
      }
      List<String> expected = new ArrayList<>();
      it.get("sha256").forEach(digest -> expected.add(digest.asText()));
      assertThat(digests).as(it.toString()).containsExactlyElementsOf(expected);
      compared++;
    }
    assertThat(compared).isGreaterThan(3);
  }

  private static String sha256(Image image) throws NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(image.pixels());
    return HexFormat.of().formatHex(digest);
  }

  /** Where torchvision pads, we refuse. */
  private static boolean isLargerThanThePicture(JsonNode it) throws IOException {
    JsonNode size = it.get("args").path("output_size");
    Image picture = TorchvisionCases.picture(it);
    return size.path(0).asInt() > picture.height() || size.path(1).asInt() > picture.width();
  }

  private static Image done(String operation, JsonNode args, Image image) {
    return switch (operation) {
      case "hflip" -> chain(new Flip(Flip.Axis.HORIZONTAL, 1), image);
      case "vflip" -> chain(new Flip(Flip.Axis.VERTICAL, 1), image);
      case "pad" -> chain(new Pad(args.get("padding").asInt(), filling(args)), image);
      case "crop" ->
          cut(
              image,
              args.get("top").asInt(),
              args.get("left").asInt(),
              args.get("height").asInt(),
              args.get("width").asInt());
      case "center_crop" -> {
        int height = args.get("output_size").get(0).asInt();
        int width = args.get("output_size").get(1).asInt();
        yield cut(
            image,
            CentreCrop.middle(image.height() - height),
            CentreCrop.middle(image.width() - width),
            height,
            width);
      }
      case "resize" -> chain(resize(args.get("size")), image);
      case "resized_crop" -> resizedCrop(args, image);
      case "rgb_to_grayscale" -> chain(new Grayscale(1), image);
      case "adjust_brightness" -> light(args, "brightness", by -> new Brightness(by, 1), image);
      case "adjust_contrast" -> light(args, "contrast", by -> new Contrast(by, 1), image);
      case "adjust_hue" -> {
        double by = args.get("hue_factor").asDouble();
        yield chain(new Hue(Interval.of(by, by), 1), image);
      }
      default -> light(args, "saturation", by -> new Saturation(by, 1), image);
    };
  }

  private static Image light(
      JsonNode args, String name, Function<Interval, Transform> transform, Image image) {
    double by = args.get(name + "_factor").asDouble() - 1;
    return chain(transform.apply(Interval.of(by, by)), image);
  }

  private static Image chain(Transform transform, Image image) {
    return new Chain(List.of(transform)).apply(image, DRAWS);
  }

  private static Pad.Filling filling(JsonNode args) {
    String mode = args.get("padding_mode").asText();
    return mode.equals("constant")
        ? Pad.Filling.ZERO
        : Pad.Filling.valueOf(mode.toUpperCase(Locale.ROOT));
  }

  private static ResizeTo resize(JsonNode size) {
    return size.size() == 2
        ? ResizeTo.exactly(size.get(0).asInt(), size.get(1).asInt())
        : new ResizeTo(Optional.of(size.get(0).asInt()), Optional.empty(), Optional.empty());
  }

  private static Image cut(Image image, int top, int left, int height, int width) {
    Canvas canvas = new Canvas();
    canvas.take(image);
    GatherIndex lines = new GatherIndex();
    lines.start(image.height(), image.width());
    lines.crop(top, left, height, width);
    lines.gather(canvas);
    return canvas.image();
  }

  private static Image resizedCrop(JsonNode args, Image image) {
    PixelSource.Part part =
        new PixelSource.Part(
            args.get("top").asInt(),
            args.get("left").asInt(),
            args.get("height").asInt(),
            args.get("width").asInt());
    JsonNode size = args.get("size");
    return new PixelsInMemory(image)
        .resized(part, new Sizing.Exact(size.get(0).asInt(), size.get(1).asInt()));
  }
}
