package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Forms of a picture whose predictions are averaged (Krizhevsky et al. 2012, "ImageNet
 * classification with deep convolutional neural networks"). Nothing in it is random. Written {@code
 * tta = flip}, {@code tta { five-crop { from = 256 } }}.
 */
public sealed interface TestTimeSet {
  /**
   * The forms, in the order in which predictions are added up.
   *
   * @param height of the network's input, in pixels
   * @param width of the network's input, in pixels
   * @throws IllegalArgumentException if there is a {@link #problem}
   */
  List<TestTimeForm> forms(int height, int width);

  /** The side that a picture is resized to before it is cut; empty for a set that doesn't cut. */
  default Optional<Integer> from(int side) {
    return Optional.empty();
  }

  /**
   * Why the set does not fit a network's input.
   *
   * @return a sentence; empty if it does
   */
  default Optional<String> problem(int height, int width) {
    return Optional.empty();
  }

  /** The name as it stands in configuration. */
  default String text() {
    return getClass().getAnnotation(Variant.class).value();
  }

  /** The picture alone. */
  @Variant(value = "none", summary = "The picture alone.", example = "tta = none")
  record None() implements TestTimeSet {
    @Override
    public List<TestTimeForm> forms(int height, int width) {
      return List.of(TestTimeForm.PLAIN);
    }
  }

  /** The picture and its mirror image. */
  @Variant(value = "flip", summary = "The picture and its mirror image.", example = "tta = flip")
  record Mirrored() implements TestTimeSet {
    @Override
    public List<TestTimeForm> forms(int height, int width) {
      return List.of(TestTimeForm.PLAIN, new TestTimeForm(new Chain(List.of(Crops.MIRROR)), true));
    }
  }

  /** The four corners and the middle: torchvision's {@code FiveCrop}. */
  @Variant(
      value = "five-crop",
      summary = "The four corners and the middle of the picture.",
      example = "tta = five-crop")
  record FiveCrop(@Key(value = Crops.FROM, min = 1, max = 65_535) Optional<Integer> from)
      implements Crops {
    @Override
    public List<TestTimeForm> forms(int height, int width) {
      return cut(height, width, List.of());
    }
  }

  /**
   * These, and these of the mirror image: torchvision's {@code TenCrop}. The mirror image is cut
   * after mirroring, so that of two possible middles it gives the other one.
   */
  @Variant(
      value = "ten-crop",
      summary = "The four corners and the middle of the picture and of its mirror image.",
      example = "tta { ten-crop { from = 256 } }")
  record TenCrop(@Key(value = Crops.FROM, min = 1, max = 65_535) Optional<Integer> from)
      implements Crops {
    @Override
    public List<TestTimeForm> forms(int height, int width) {
      return Stream.of(cut(height, width, List.of()), cut(height, width, List.of(Crops.MIRROR)))
          .flatMap(List::stream)
          .toList();
    }
  }

  /** Crops of a larger picture. */
  sealed interface Crops extends TestTimeSet {
    /** What the key {@code from} means. */
    String FROM =
        "the shorter side that pictures are resized to before they are cut, in pixels; 8/7 of the"
            + " network's input, as 256 is of 224, if not given";

    /** Mirrors always. */
    Transform MIRROR = new Flip(Flip.Axis.HORIZONTAL, 1);

    /** The key {@code from}. */
    Optional<Integer> from();

    @Override
    default Optional<Integer> from(int side) {
      return Optional.of(from().orElse(Math.round(side * 8 / 7f)));
    }

    @Override
    default Optional<String> problem(int height, int width) {
      if (height != width) {
        return Optional.of(
            "tta = %s cuts squares and the network takes %dx%d; use tta = flip"
                .formatted(text(), height, width));
      }
      return from()
          .filter(from -> from < height)
          .map(
              from ->
                  "tta = %s can't cut %dx%d out of pictures whose shorter side is from = %d; make it at least %d, or leave it out"
                      .formatted(text(), height, width, from, height));
    }

    /** All five crops, after transforms of the whole picture. */
    default List<TestTimeForm> cut(int height, int width, List<Transform> before) {
      problem(height, width)
          .ifPresent(
              why -> {
                throw new IllegalArgumentException(why);
              });
      ResizeTo larger = new ResizeTo(from(height), Optional.empty(), Optional.empty());
      List<TestTimeForm> forms = new ArrayList<>();
      for (Transform place : places(height)) {
        List<Transform> all = new ArrayList<>(List.of(larger));
        all.addAll(before);
        all.add(place);
        forms.add(new TestTimeForm(new Chain(all), false));
      }
      return forms;
    }

    /** Where the squares lie, in torchvision's order. */
    static List<Transform> places(int side) {
      return List.of(
          RandomCrop.at(side, 0, 0),
          RandomCrop.at(side, 0, 1),
          RandomCrop.at(side, 1, 0),
          RandomCrop.at(side, 1, 1),
          new CentreCrop(side));
    }
  }
}
