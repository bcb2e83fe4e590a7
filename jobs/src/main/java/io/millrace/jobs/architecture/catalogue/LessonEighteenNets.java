package io.millrace.jobs.architecture.catalogue;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Operation;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * The plain and the residual networks of fast.ai 2022, lesson 18, for Fashion-MNIST. Convolutions
 * are without bias, each with batch norm and ReLU, and begin with He's normal numbers; at the end
 * is a linear map, and a batch norm of the logits.
 *
 * <p>The lesson's code leaves a bias before each norm, which has no effect but in its counts. Its
 * plain networks end in a convolution of 3 x 3 with stride 2 from 2 x 2 pixels to one: of its
 * weights only 2 x 2 ever meet a pixel, and these are the linear map here.
 */
public final class LessonEighteenNets {
  private LessonEighteenNets() {}

  /**
   * Convolutions, of which all but the first have stride 2. The lesson's, with their weights for
   * pictures of 28 x 28 x 1 and ten classes:
   *
   * <ul>
   *   <li>four with stride 2: {@code channels = [8, 16, 32, 64], last-norm = false}, 27,074 weights
   *   <li>deeper: {@code channels = [8, 16, 32, 64, 128], first-stride = 1}, 103,628 weights
   * </ul>
   */
  @Variant(
      value = "lesson18-plain",
      summary = "Convolutions with batch norm and ReLU, without shortcuts (lesson 18).",
      example = "architecture { name = lesson18-plain, channels = [8, 16, 32, 64] }")
  public record Plain(
      @Key(value = "channels of each convolution", or = "[8, 16, 32, 64]") List<Integer> channels,
      @Key(value = "stride of the first convolution", or = "2", min = 1, max = 2) int firstStride,
      @Key(value = "whether a batch norm of the logits ends it", or = "true") boolean lastNorm)
      implements Architecture {
    /**
     * @throws IllegalArgumentException if the list is empty or holds a number below 1, or the
     *     stride is not 1 or 2
     */
    public Plain {
      channels = ImageLimits.checked("lesson18-plain", channels);
      checkStride("lesson18-plain", "first-stride", firstStride);
    }

    @Override
    public Blueprint blueprint(int imageChannels, int height, int width, int classes) {
      ImageLimits.checkClasses(classes);
      int halvings = channels.size() - 2 + firstStride;
      ImageLimits.checkSides(
          "lesson18-plain",
          channels.size() + " convolutions",
          height,
          width,
          ImageLimits.neededFor(halvings));
      BlueprintBuilder net = BlueprintBuilder.ofImages(imageChannels, height, width);
      String at = Blueprint.IMAGES;
      for (int i = 0; i < channels.size(); i++) {
        at = layer(net, "", "" + (i + 1), at, channels.get(i), 3, i == 0 ? firstStride : 2);
      }
      return end(net, at, false, classes, lastNorm);
    }
  }

  /**
   * Residual blocks, each {@link ResNet}'s; all but the first halve the picture. The lesson's, with
   * their weights for pictures of 28 x 28 x 1 and ten classes:
   *
   * <ul>
   *   <li>ResNet: {@code channels = [8, 16, 32, 64, 128, 256]}, 1,227,900 weights
   *   <li>wide: {@code channels = [16, 32, 64, 128, 256, 512], first-kernel = 5}, 4,905,572 weights
   *   <li>global average pool: the same and {@code last-stride = 1, global-pool = true}, as many
   *       weights
   *   <li>without the block of 512: {@code channels = [16, 32, 64, 128, 256], first-kernel = 5,
   *       global-pool = true}, 1,230,436 weights and 29.7 million multiply-adds
   *   <li>one convolution in place of the first block: the same and {@code first-block = false},
   *       1,223,972 weights and 24.7 million multiply-adds
   * </ul>
   */
  @Variant(
      value = "lesson18-resnet",
      summary = "Residual blocks whose last gain begins at 0, five networks of lesson 18.",
      example = "architecture { name = lesson18-resnet, channels = [8, 16, 32, 64, 128, 256] }")
  public record Residual(
      @Key(value = "channels of each block", or = "[8, 16, 32, 64, 128, 256]")
          List<Integer> channels,
      @Key(value = "side of the first block's kernels, odd", or = "3", min = 1) int firstKernel,
      @Key(value = "whether the first is a block, and not a single convolution", or = "true")
          boolean firstBlock,
      @Key(value = "stride of the last block, where there are several", or = "2", min = 1, max = 2)
          int lastStride,
      @Key(value = "whether the linear map reads each channel's mean", or = "false")
          boolean globalPool)
      implements Architecture {
    /**
     * @throws IllegalArgumentException if the list is empty or holds a number below 1, the kernel
     *     is even or below 1, or the stride is not 1 or 2
     */
    public Residual {
      channels = ImageLimits.checked("lesson18-resnet", channels);
      checkStride("lesson18-resnet", "last-stride", lastStride);
      if (firstKernel < 1 || firstKernel % 2 == 0) {
        throw new IllegalArgumentException(
            "Cannot build lesson18-resnet with first-kernel = %d: give an odd number"
                .formatted(firstKernel));
      }
    }

    @Override
    public Blueprint blueprint(int imageChannels, int height, int width, int classes) {
      ImageLimits.checkClasses(classes);
      int last = channels.size() - 1;
      int halvings = last == 0 ? 0 : last - 2 + lastStride;
      ImageLimits.checkSides(
          "lesson18-resnet",
          channels.size() + " blocks",
          height,
          width,
          ImageLimits.neededFor(halvings));
      BlueprintBuilder net = BlueprintBuilder.ofImages(imageChannels, height, width);
      String at =
          firstBlock
              ? block(net, 1, Blueprint.IMAGES, channels.get(0), firstKernel, 1)
              : layer(net, "block1.", "1", Blueprint.IMAGES, channels.get(0), firstKernel, 1);
      for (int i = 1; i <= last; i++) {
        at = block(net, i + 1, at, channels.get(i), 3, i == last ? lastStride : 2);
      }
      return end(net, at, globalPool, classes, true);
    }
  }

  private static String block(
      BlueprintBuilder net, int count, String from, int out, int kernel, int stride) {
    return ResidualBlock.add(net, "block" + count, from, out, kernel, stride);
  }

  private static void checkStride(String name, String key, int stride) {
    if (stride != 1 && stride != 2) {
      throw new IllegalArgumentException(
          "Cannot build %s with %s = %d: give 1 or 2".formatted(name, key, stride));
    }
  }

  private static String layer(
      BlueprintBuilder net,
      String part,
      String count,
      String from,
      int out,
      int kernel,
      int stride) {
    String at = net.convolution(part + "conv" + count, from, out, kernel, stride, false);
    at = net.batchNorm(part + "norm" + count, at, 1);
    return net.add(part + "relu" + count, new Operation.Relu(), at);
  }

  private static Blueprint end(
      BlueprintBuilder net, String from, boolean globalPool, int classes, boolean norm) {
    String at =
        globalPool
            ? net.add("pool", new Operation.GlobalAverage(), from)
            : net.add("flatten", new Operation.Flatten(), from);
    at = net.dense("linear", at, classes, !norm);
    return net.build(norm ? net.batchNorm("norm", at, 1) : at);
  }
}
