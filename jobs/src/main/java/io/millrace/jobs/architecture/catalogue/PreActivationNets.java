package io.millrace.jobs.architecture.catalogue;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Initials;
import io.millrace.jobs.architecture.Operation;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.Collections;
import java.util.List;

/**
 * Residual networks for small pictures whose norms and ReLUs come before the convolutions (He,
 * Zhang, Ren and Sun 2016, "Identity Mappings in Deep Residual Networks"; the wide ones by
 * Zagoruyko and Komodakis 2016, "Wide Residual Networks"). After a first convolution come layers of
 * blocks; the first block of each layer but the first halves the picture. A block is twice a batch
 * norm, ReLU and a convolution of 3 x 3, plus its shortcut; where channels or size change, the
 * shortcut is a convolution of 1 x 1 of what the first ReLU gives. At the end are a batch norm,
 * ReLU, the mean of every channel and a linear map. No convolution has a bias.
 */
public final class PreActivationNets {
  static final String WIDTH = "channels of the first convolution";
  static final String GAIN =
      "whether the gain of a block's last norm begins at 0, so that the block does nothing";

  private PreActivationNets() {}

  /**
   * With blocks [2, 2, 2, 2] and 64 channels 11,172,170 weights for CIFAR-10: the usual
   * pre-activation ResNet-18 for small pictures, with the paper's norm before the mean.
   */
  @Variant(
      value = "preact-resnet",
      summary = "Pre-activation ResNet for small pictures (He and others 2016).",
      example = "architecture { name = preact-resnet, blocks = [2, 2, 2, 2] }")
  public record PreActResNet(
      @Key(value = "blocks of each layer, each of twice the channels", or = "[2, 2, 2, 2]")
          List<Integer> blocks,
      @Key(value = "channels of the first convolution and layer", or = "64", min = 1) int width,
      @Key(value = GAIN, or = "false") boolean zeroGamma)
      implements Architecture {
    /**
     * @throws IllegalArgumentException if the list is empty or holds a number below 1, or width is
     *     below 1
     */
    public PreActResNet {
      blocks = ImageLimits.checked("preact-resnet", "blocks", blocks);
      ImageLimits.checkWidth("preact-resnet", "width", width);
    }

    @Override
    public Blueprint blueprint(int channels, int height, int pixels, int classes) {
      return new Plan("preact-resnet", blocks, width, 1, zeroGamma, false)
          .build(channels, height, pixels, classes);
    }
  }

  /** WRN-28-10 has 36,479,194 weights for CIFAR-10, WRN-40-4 8,949,210, WRN-16-8 10,961,370. */
  @Variant(
      value = "wrn",
      summary = "Wide ResNet WRN-depth-factor for small pictures (Zagoruyko, Komodakis 2016).",
      example = "architecture { name = wrn, depth = 28, factor = 10 }")
  public record Wrn(
      @Key(value = "convolutions on the longest way, 4 and a multiple of 6", or = "28", min = 10)
          int depth,
      @Key(value = "how many times as wide as the first convolution", or = "10", min = 1)
          int factor,
      @Key(value = WIDTH, or = "16", min = 1) int width,
      @Key(value = GAIN, or = "false") boolean zeroGamma)
      implements Architecture {
    private static final int LAYERS = 3;

    /**
     * @throws IllegalArgumentException if there is no network of that depth, or a number is below 1
     */
    public Wrn {
      if (depth < 10 || depth % 6 != 4) {
        throw new IllegalArgumentException(
            "Cannot build wrn with depth = %d: it must be 4 and a multiple of 6, such as 22 or 28"
                .formatted(depth));
      }
      ImageLimits.checkWidth("wrn", "factor", factor);
      ImageLimits.checkWidth("wrn", "width", width);
    }

    @Override
    public Blueprint blueprint(int channels, int height, int pixels, int classes) {
      return new Plan(
              "wrn", Collections.nCopies(LAYERS, (depth - 4) / 6), width, factor, zeroGamma, false)
          .build(channels, height, pixels, classes);
    }
  }

  /**
   * WRN-22-6 as fast.ai builds it in lesson 12 (2018) for DAWNBench, without bottlenecks: 9,658,458
   * weights for CIFAR-10. It differs from the paper in two ways: every shortcut begins after the
   * block's first ReLU, and what the convolutions give is multiplied by 0.2.
   */
  @Variant(
      value = "wrn-22",
      summary = "Wide ResNet of 22 layers, six times as wide, as fast.ai's lesson 12 builds it.",
      example = "architecture { name = wrn-22 }")
  public record Wrn22(
      @Key(value = WIDTH, or = "16", min = 1) int width,
      @Key(value = GAIN, or = "false") boolean zeroGamma)
      implements Architecture {
    /**
     * @throws IllegalArgumentException if width is below 1
     */
    public Wrn22 {
      ImageLimits.checkWidth("wrn-22", "width", width);
    }

    @Override
    public Blueprint blueprint(int channels, int height, int pixels, int classes) {
      return new Plan("wrn-22", List.of(3, 3, 3), width, 6, zeroGamma, true)
          .build(channels, height, pixels, classes);
    }
  }

  /**
   * What tells them apart.
   *
   * @param blocks of each layer
   * @param width channels of the first convolution
   * @param factor how many times as many the first layer has
   * @param lesson whether shortcuts and scale are those of fast.ai's lesson 12
   */
  private record Plan(
      String name, List<Integer> blocks, int width, int factor, boolean zeroGamma, boolean lesson) {
    private static final double LESSON_SCALE = 0.2;

    Blueprint build(int channels, int height, int pixels, int classes) {
      ImageLimits.checkClasses(classes);
      ImageLimits.checkSides(
          name,
          blocks.size() + " layers",
          height,
          pixels,
          ImageLimits.neededFor(blocks.size() - 1));
      BlueprintBuilder net = BlueprintBuilder.ofImages(channels, height, pixels);
      String at = convolution(net, "conv1", Blueprint.IMAGES, width, 3, 1);
      int out = width * factor;
      for (int layer = 0; layer < blocks.size(); layer++) {
        for (int block = 0; block < blocks.get(layer); block++) {
          String part = "layer%d.%d.".formatted(layer + 1, block);
          at = block(net, part, at, out, layer > 0 && block == 0 ? 2 : 1);
        }
        out *= 2;
      }
      at = relu(net, "relu", net.batchNorm("bn", at, 1));
      at = net.add("avgpool", new Operation.GlobalAverage(), at);
      Initials initials = Initials.pytorch(net.shape(at).size());
      return net.build(net.dense("linear", at, classes, true, initials));
    }

    private String block(BlueprintBuilder net, String part, String from, int out, int stride) {
      String first = relu(net, part + "relu1", net.batchNorm(part + "bn1", from, 1));
      String at = convolution(net, part + "conv1", first, out, 3, stride);
      at = relu(net, part + "relu2", net.batchNorm(part + "bn2", at, zeroGamma ? 0 : 1));
      at = convolution(net, part + "conv2", at, out, 3, 1);
      if (lesson) {
        at = net.add(part + "scale", new Operation.Scale(LESSON_SCALE), at);
      }
      String shortcut = lesson ? first : from;
      if (stride > 1 || net.shape(from).channels() != out) {
        shortcut = convolution(net, part + "shortcut.0", first, out, 1, stride);
      }
      return net.add(part + "add", new Operation.Add(), at, shortcut);
    }

    private static String relu(BlueprintBuilder net, String name, String from) {
      return net.add(name, new Operation.Relu(), from);
    }

    private static String convolution(
        BlueprintBuilder net, String name, String from, int out, int kernel, int stride) {
      Initials initials = Initials.he(net.shape(from).channels() * kernel * kernel);
      return net.convolution(name, from, out, kernel, stride, false, initials);
    }
  }
}
