package io.millrace.jobs.image;

import io.millrace.pipeline.job.Key;
import java.util.List;
import java.util.Optional;

/**
 * The size that pictures are resized to: {@code { shorter = 128 }}, {@code { shorter = 256, crop =
 * 224 }} or {@code { exact = [64, 64] }}.
 */
public record Resize(
    @Key(value = Resize.SHORTER, min = 1, max = 65_535) Optional<Integer> shorter,
    @Key(value = Resize.CROP, min = 1, max = 65_535) Optional<Integer> crop,
    @Key(value = Resize.EXACT, min = 1, max = 65_535) Optional<List<Integer>> exact) {
  /** The description of the key {@code shorter}. */
  public static final String SHORTER = "the shorter side, in pixels; the aspect ratio is kept";

  /** The description of the key {@code crop}. */
  public static final String CROP =
      "the side of the square that is then cropped from the centre, in pixels";

  /** The description of the key {@code exact}. */
  public static final String EXACT = "height and width in pixels, e.g. [64, 64]";

  /** Checks that the keys name one size. */
  public Resize {
    if (shorter.isPresent() == exact.isPresent()) {
      throw new IllegalArgumentException(
          "write { shorter = 128 }, { shorter = 256, crop = 224 } or { exact = [64, 64] }");
    }
    if (exact.isPresent() && (exact.get().size() != 2 || crop.isPresent())) {
      throw new IllegalArgumentException(
          "exact takes [height, width] and no crop, e.g. { exact = [64, 64] }");
    }
    if (crop.isPresent() && crop.get() > shorter.get()) {
      throw new IllegalArgumentException(
          "the crop (" + crop.get() + ") is larger than the shorter side (" + shorter.get() + ")");
    }
  }

  /** The sizing that the keys name. */
  public Sizing sizing() {
    if (exact.isPresent()) {
      return new Sizing.Exact(exact.get().get(0), exact.get().get(1));
    }
    int side = shorter.orElseThrow();
    return crop.isPresent() ? new Sizing.Cropped(side, crop.get()) : new Sizing.Shorter(side);
  }
}
