package io.millrace.jobs.transform;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.PixelSource;
import io.millrace.pipeline.CannotException;

/**
 * Applies a chain to one picture after the other. Its memory is used again for every picture; not
 * for use by several threads.
 */
public final class Augmenter {
  private final Chain chain;
  private final int channels;
  private final Canvas canvas = new Canvas();
  private final Steps steps;
  private int fittingHeight;
  private int fittingWidth;

  /**
   * @param channels of every picture, 1 or 3
   * @param levels of the dataset; if they are not known each picture's own are used
   */
  public Augmenter(Chain chain, int channels, Levels levels) {
    this.chain = chain;
    this.channels = channels;
    this.steps = new Steps(chain.transforms(), new Noise(channels, levels));
  }

  /**
   * Applies the chain to one picture.
   *
   * @param draws of the picture in its epoch
   * @throws CannotException if a transform does not fit the picture's size
   */
  public Image apply(Image image, Draws draws) {
    take(image);
    steps.run(canvas, draws);
    return canvas.image();
  }

  /**
   * Applies the chain to a picture of which it takes only a part or a smaller form; only for a
   * chain that {@link Chain#opens}.
   *
   * @param draws of the picture in its epoch
   * @throws CannotException if a transform does not fit the picture's size
   */
  public Image apply(PixelSource source, Draws draws) {
    open(source, draws);
    return canvas.image();
  }

  /**
   * Applies the chain to one picture and converts the result to floats.
   *
   * @param draws of the picture in its epoch
   * @param tables the float of each level, by channel
   * @param height that the result must have
   * @param width that the result must have
   * @param into CHW of the result
   * @throws CannotException if a transform does not fit the picture's size, or the result is of
   *     another size
   */
  public void apply(
      Image image, Draws draws, float[][] tables, int height, int width, float[] into) {
    take(image);
    steps.run(canvas, draws);
    tabulate(image.height(), image.width(), tables, height, width, into);
  }

  /**
   * The same for a picture of which the chain takes only a part or a smaller form; only for a chain
   * that {@link Chain#opens}.
   */
  public void apply(
      PixelSource source, Draws draws, float[][] tables, int height, int width, float[] into) {
    open(source, draws);
    tabulate(source.height(), source.width(), tables, height, width, into);
  }

  private void open(PixelSource source, Draws draws) {
    check(source.height(), source.width());
    Opening first = (Opening) chain.transforms().get(0);
    canvas.take(first.open(source, draws, 0));
    steps.runRest(canvas, draws);
  }

  private void tabulate(
      int fromHeight, int fromWidth, float[][] tables, int height, int width, float[] into) {
    if (canvas.height() != height || canvas.width() != width) {
      throw new CannotException(
          "augment images of " + fromHeight + "x" + fromWidth,
          "the chain makes them %dx%d, but the network takes %dx%d"
              .formatted(canvas.height(), canvas.width(), height, width));
    }
    canvas.tabulate(tables, into);
  }

  private void take(Image image) {
    if (image.channels() != channels) {
      throw new IllegalArgumentException(image.channels() + " channels, not " + channels);
    }
    check(image.height(), image.width());
    canvas.take(image);
  }

  private void check(int height, int width) {
    if (height != fittingHeight || width != fittingWidth) {
      chain
          .problem(Sizes.of(height, width))
          .ifPresent(
              why -> {
                throw new CannotException("augment an image of " + height + "x" + width, why);
              });
      fittingHeight = height;
      fittingWidth = width;
    }
  }
}
