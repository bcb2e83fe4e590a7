package io.millrace.jobs.architecture;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.io.Serializable;
import java.util.List;

/** A network of the catalogue, as configured: {@code architecture { name = resnet, .. }}. */
@Variant(discriminator = "name")
public sealed interface Architecture extends Serializable {
  /**
   * The network for images of that shape.
   *
   * @param channels of the images
   * @param height of the images
   * @param width of the images
   * @param classes how many classes
   * @throws IllegalArgumentException if the image is too small for it, saying how large it must be
   */
  Blueprint blueprint(int channels, int height, int width, int classes);

  /** One dense layer on the pixels: the baseline. */
  @Variant("linear")
  record Linear() implements Architecture {
    @Override
    public Blueprint blueprint(int channels, int height, int width, int classes) {
      throw new UnsupportedOperationException();
    }
  }

  /** Convolutions with stride 2 and an adaptive pool (fast.ai lesson 7). */
  @Variant("conv-net")
  record ConvNet(
      @Key(value = "channels of each convolution", or = "[20, 40, 80]") List<Integer> channels)
      implements Architecture {
    @Override
    public Blueprint blueprint(int channels, int height, int width, int classes) {
      throw new UnsupportedOperationException();
    }
  }

  /** Residual blocks (fast.ai lesson 18). */
  @Variant("resnet")
  record ResNet(
      @Key(value = "channels of each block", or = "[16, 32, 64, 128, 256]") List<Integer> channels)
      implements Architecture {
    @Override
    public Blueprint blueprint(int channels, int height, int width, int classes) {
      throw new UnsupportedOperationException();
    }
  }
}
