package io.millrace.jobs.transform;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.PixelSource;
import io.millrace.jobs.image.Resize;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.image.resample.PixelsInMemory;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** Resizes as ingest does, bit for bit as Pillow's BILINEAR with antialiasing. */
@Variant(
    value = "resize",
    summary = "resizes, antialiased",
    example = "{ resize { exact = [64, 64] } }")
public record ResizeTo(
    @Key(value = Resize.SHORTER, min = 1, max = 65_535) Optional<Integer> shorter,
    @Key(value = Resize.CROP, min = 1, max = 65_535) Optional<Integer> crop,
    @Key(value = Resize.EXACT, min = 1, max = 65_535) Optional<List<Integer>> exact)
    implements Editing, Opening {
  /** Checks that the keys make one size, as {@link Resize} does. */
  public ResizeTo {
    new Resize(shorter, crop, exact).sizing();
  }

  /** To that height and width. */
  public static ResizeTo exactly(int height, int width) {
    return new ResizeTo(Optional.empty(), Optional.empty(), Optional.of(List.of(height, width)));
  }

  /** The serialised form, since an Optional can't be serialised. */
  private Object writeReplace() {
    return new Form(shorter.orElse(0), crop.orElse(0), exact.orElse(List.of()));
  }

  private record Form(int shorter, int crop, List<Integer> exact) implements Serializable {
    private Object readResolve() {
      return new ResizeTo(
          given(shorter), given(crop), Optional.of(exact).filter(it -> !it.isEmpty()));
    }

    private static Optional<Integer> given(int side) {
      return side == 0 ? Optional.empty() : Optional.of(side);
    }
  }

  private Sizing sizing() {
    return new Resize(shorter, crop, exact).sizing();
  }

  @Override
  public void edit(Canvas canvas, Draws draws, int position, Noise noise) {
    canvas.take(new PixelsInMemory(canvas.image()).resized(sizing()));
  }

  @Override
  public Image open(PixelSource source, Draws draws, int position) {
    return source.resized(sizing());
  }

  @Override
  public Sizes through(Sizes sizes) {
    if (exact.isPresent()) {
      return Sizes.of(exact.get().get(0), exact.get().get(1));
    }
    if (crop.isPresent()) {
      return Sizes.of(crop.get(), crop.get());
    }
    if (!sizes.isKnown()) {
      return sizes;
    }
    Sizing.Frame frame = sizing().frame(sizes.height(), sizes.width());
    return Sizes.of(frame.rows(), frame.columns());
  }
}
