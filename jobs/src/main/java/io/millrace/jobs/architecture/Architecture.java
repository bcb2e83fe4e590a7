package io.millrace.jobs.architecture;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.io.Serializable;
import java.util.List;

/**
 * A network of the catalogue, as configured: {@code architecture { name = resnet, .. }}. The
 * networks are listed in {@code META-INF/millrace/io.millrace.jobs.architecture.Architecture}, and
 * a jar may list its own.
 */
@Variant(discriminator = "name")
public interface Architecture extends Serializable {
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
  @Variant(
      value = "linear",
      summary = "One dense layer on the pixels: the baseline.",
      example = "architecture { name = linear }")
  record Linear() implements Architecture {
    @Override
    public Blueprint blueprint(int channels, int height, int width, int classes) {
      Assembly net = new Assembly(channels, height, width);
      String pixels = net.add("flatten", new Operation.Flatten(), Blueprint.INPUT);
      net.dense("linear", pixels, classes, true);
      return net.blueprint(classes);
    }
  }

  /**
   * Convolutions of 3 x 3 with stride 2 and no padding, each with ReLU; the largest value of every
   * channel; one dense layer (fast.ai 2018, lesson 7).
   */
  @Variant(
      value = "conv-net",
      summary = "Convolutions with stride 2, the largest value of every channel, one dense layer.",
      example = "architecture { name = conv-net, channels = [20, 40, 80] }")
  record ConvNet(
      @Key(value = "channels of each convolution", or = "[20, 40, 80]") List<Integer> channels)
      implements Architecture {
    private static final int KERNEL = 3;
    private static final int STRIDE = 2;

    /**
     * @throws IllegalArgumentException if the list is empty or holds a number below 1
     */
    public ConvNet {
      channels = checked("conv-net", channels);
    }

    @Override
    public Blueprint blueprint(int imageChannels, int height, int width, int classes) {
      Assembly net = new Assembly(imageChannels, height, width);
      int needed = 1;
      for (int i = 0; i < channels.size(); i++) {
        needed = (needed - 1) * STRIDE + KERNEL;
      }
      checkSides("conv-net", channels.size() + " convolutions", height, width, needed);
      String at = Blueprint.INPUT;
      for (int i = 0; i < channels.size(); i++) {
        String name = "conv" + (i + 1);
        at = net.convolution(name, at, channels.get(i), KERNEL, STRIDE, 0, true);
        at = net.add("relu" + (i + 1), new Operation.Relu(), at);
      }
      at = net.add("pool", new Operation.GlobalMax(), at);
      net.dense("linear", at, classes, true);
      return net.blueprint(classes);
    }
  }

  /**
   * Residual blocks (He, Zhang, Ren and Sun 2016, as fast.ai 2022, lesson 18, builds them). The
   * first keeps the size, every other halves it. A block is convolution, batch norm and ReLU; then
   * a convolution with the block's stride and a batch norm whose gain starts at 0; plus the
   * shortcut (means of 2 x 2 pixels where the block halves, a 1 x 1 convolution where the channels
   * change); ReLU after the sum. At the end the mean of every channel, a dense layer without bias
   * and a batch norm of the logits.
   */
  @Variant(
      value = "resnet",
      summary = "Residual blocks with batch norm; every block after the first halves the picture.",
      example = "architecture { name = resnet, channels = [16, 32, 64, 128, 256] }")
  record ResNet(
      @Key(value = "channels of each block", or = "[16, 32, 64, 128, 256]") List<Integer> channels)
      implements Architecture {
    private static final int KERNEL = 3;

    /**
     * @throws IllegalArgumentException if the list is empty or holds a number below 1
     */
    public ResNet {
      channels = checked("resnet", channels);
    }

    @Override
    public Blueprint blueprint(int imageChannels, int height, int width, int classes) {
      Assembly net = new Assembly(imageChannels, height, width);
      int halvings = channels.size() - 1;
      // Each halving, sizes rounded up, must have two pixels to halve.
      int needed =
          halvings == 0 ? 1 : halvings > 30 ? Integer.MAX_VALUE : (1 << (halvings - 1)) + 1;
      checkSides("resnet", channels.size() + " blocks", height, width, needed);
      String at = Blueprint.INPUT;
      for (int i = 0; i < channels.size(); i++) {
        at = block(net, "block" + (i + 1), at, channels.get(i), i == 0 ? 1 : 2);
      }
      at = net.add("pool", new Operation.GlobalAverage(), at);
      at = net.dense("linear", at, classes, false);
      net.batchNorm("norm", at, 1);
      return net.blueprint(classes);
    }

    private static String block(Assembly net, String name, String from, int out, int stride) {
      String at = net.convolution(name + ".conv1", from, out, KERNEL, 1, false);
      at = net.batchNorm(name + ".norm1", at, 1);
      at = net.add(name + ".relu1", new Operation.Relu(), at);
      at = net.convolution(name + ".conv2", at, out, KERNEL, stride, false);
      // A block whose last gain is 0 starts as its own shortcut.
      at = net.batchNorm(name + ".norm2", at, 0);
      String shortcut = from;
      if (stride == 2) {
        shortcut = net.add(name + ".halve", new Operation.Halve(), shortcut);
      }
      if (net.shape(from).channels() != out) {
        shortcut = net.convolution(name + ".shortcut", shortcut, out, 1, 1, true);
      }
      at = net.add(name + ".add", new Operation.Add(), at, shortcut);
      return net.add(name + ".relu2", new Operation.Relu(), at);
    }
  }

  private static List<Integer> checked(String name, List<Integer> channels) {
    if (channels.isEmpty() || channels.stream().anyMatch(count -> count < 1)) {
      throw new IllegalArgumentException(
          "Cannot build "
              + name
              + " with channels "
              + channels
              + ": give at least one number, each 1 or more");
    }
    return List.copyOf(channels);
  }

  private static void checkSides(String name, String of, int height, int width, int needed) {
    if (height < needed || width < needed) {
      throw new IllegalArgumentException(
          "Cannot build %s with %s for images %d pixels high and %d wide: each side must have at least %d; take fewer channels or larger images"
              .formatted(name, of, height, width, needed));
    }
  }
}
