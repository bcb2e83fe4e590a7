package io.millrace.jobs.architecture.catalogue;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Initials;
import io.millrace.jobs.architecture.Operation;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * The networks with batch norm of fast.ai 2018, lesson 7, for CIFAR-10. A layer is a convolution of
 * 3 x 3 without bias, ReLU and a norm, in this order. After a first convolution come groups, each a
 * layer with stride 2 and what follows it; then the largest value of every channel and a linear
 * map. Weights begin as PyTorch's do.
 *
 * <p>The lesson's norm is written by hand: it has no epsilon, keeps no running statistics and so
 * normalises by the minibatch in prediction, too. Here it is a proper batch norm. Every convolution
 * is padded by half its kernel; the lesson pads by 1 even where the kernel is 7.
 */
public final class LessonSevenNets {
  static final String CHANNELS = "channels of the first convolution and of each group";
  static final String GAIN =
      "whether the gain of the last norm of a residual block begins at 0, so that the block does nothing";

  private LessonSevenNets() {}

  /** 155,970 weights for CIFAR-10. */
  @Variant(
      value = "conv-bn-net",
      summary = "Convolutions with stride 2, each with ReLU and batch norm (lesson 7).",
      example = "architecture { name = conv-bn-net, channels = [10, 20, 40, 80, 160] }")
  public record ConvBnNet(
      @Key(value = CHANNELS, or = "[10, 20, 40, 80, 160]") List<Integer> channels)
      implements Architecture {
    /**
     * @throws IllegalArgumentException if the list is empty or holds a number below 1
     */
    public ConvBnNet {
      channels = ImageLimits.checked("conv-bn-net", channels);
    }

    @Override
    public Blueprint blueprint(int imageChannels, int height, int width, int classes) {
      return new Plan("conv-bn-net", channels, 0, false, false, false, 0)
          .build(imageChannels, height, width, classes);
    }
  }

  /** Each layer with stride 2 is followed by one with stride 1: 462,570 weights for CIFAR-10. */
  @Variant(
      value = "conv-bn-net2",
      summary = "conv-bn-net with a second layer in every group (lesson 7).",
      example = "architecture { name = conv-bn-net2, channels = [10, 20, 40, 80, 160] }")
  public record ConvBnNet2(
      @Key(value = CHANNELS, or = "[10, 20, 40, 80, 160]") List<Integer> channels)
      implements Architecture {
    /**
     * @throws IllegalArgumentException if the list is empty or holds a number below 1
     */
    public ConvBnNet2 {
      channels = ImageLimits.checked("conv-bn-net2", channels);
    }

    @Override
    public Blueprint blueprint(int imageChannels, int height, int width, int classes) {
      return new Plan("conv-bn-net2", channels, 1, false, false, false, 0)
          .build(imageChannels, height, width, classes);
    }
  }

  /**
   * Each layer with stride 2 is followed by two residual ones, {@code y = x + layer(x)}: 769,170
   * weights for CIFAR-10.
   */
  @Variant(
      value = "resnet-l7",
      summary = "conv-bn-net with two residual layers in every group (lesson 7).",
      example = "architecture { name = resnet-l7, channels = [10, 20, 40, 80, 160] }")
  public record ResNetL7(
      @Key(value = CHANNELS, or = "[10, 20, 40, 80, 160]") List<Integer> channels,
      @Key(value = GAIN, or = "false") boolean zeroGamma)
      implements Architecture {
    /**
     * @throws IllegalArgumentException if the list is empty or holds a number below 1
     */
    public ResNetL7 {
      channels = ImageLimits.checked("resnet-l7", channels);
    }

    @Override
    public Blueprint blueprint(int imageChannels, int height, int width, int classes) {
      return new Plan("resnet-l7", channels, 2, true, zeroGamma, false, 0)
          .build(imageChannels, height, width, classes);
    }
  }

  /**
   * As {@link ResNetL7}, but the first convolution is a layer, too, of 7 x 7: 1,966,234 weights for
   * CIFAR-10. The lesson drops a fifth of what the linear map reads: {@code dropout = 0.2}.
   */
  @Variant(
      value = "resnet2-l7",
      summary = "resnet-l7 with a first layer of 7 x 7 and dropout before the end (lesson 7).",
      example = "architecture { name = resnet2-l7, dropout = 0.2 }")
  public record ResNet2L7(
      @Key(value = CHANNELS, or = "[16, 32, 64, 128, 256]") List<Integer> channels,
      @Key(
              value = "share of values that training leaves out before the linear map",
              or = "0",
              min = 0,
              max = 0.99)
          double dropout,
      @Key(value = GAIN, or = "false") boolean zeroGamma)
      implements Architecture {
    /**
     * @throws IllegalArgumentException if the list is empty or holds a number below 1, or the share
     *     is out of range
     */
    public ResNet2L7 {
      channels = ImageLimits.checked("resnet2-l7", channels);
      ImageLimits.checkDropout("resnet2-l7", dropout);
    }

    @Override
    public Blueprint blueprint(int imageChannels, int height, int width, int classes) {
      return new Plan("resnet2-l7", channels, 2, true, zeroGamma, true, dropout)
          .build(imageChannels, height, width, classes);
    }
  }

  /**
   * What tells them apart.
   *
   * @param more layers in each group after the first
   * @param residual whether what goes into those layers is added to what comes out
   * @param zeroGamma whether their gains begin at 0
   * @param firstLayer whether the first convolution is a layer with a larger kernel
   * @param dropout before the linear map
   */
  private record Plan(
      String name,
      List<Integer> channels,
      int more,
      boolean residual,
      boolean zeroGamma,
      boolean firstLayer,
      double dropout) {
    private static final int FIRST_KERNEL = 5;
    private static final int LAYER_KERNEL = 7;
    private static final int KERNEL = 3;

    Blueprint build(int imageChannels, int height, int width, int classes) {
      ImageLimits.checkClasses(classes);
      int groups = channels.size() - 1;
      ImageLimits.checkSides(
          name, groups + " groups", height, width, ImageLimits.neededFor(groups));
      BlueprintBuilder net = BlueprintBuilder.ofImages(imageChannels, height, width);
      String images = Blueprint.IMAGES;
      String at =
          firstLayer
              ? layer(net, "", 1, images, channels.get(0), LAYER_KERNEL, 1, 1)
              : convolution(net, "conv1", images, channels.get(0), FIRST_KERNEL, 1, true);
      for (int group = 1; group <= groups; group++) {
        String part = "group" + group + ".";
        at = layer(net, part, 1, at, channels.get(group), KERNEL, 2, 1);
        for (int i = 2; i <= 1 + more; i++) {
          String to = layer(net, part, i, at, channels.get(group), KERNEL, 1, zeroGamma ? 0 : 1);
          at = residual ? net.add(part + "add" + i, new Operation.Add(), at, to) : to;
        }
      }
      at = net.add("pool", new Operation.GlobalMax(), at);
      at = net.dropout("drop", at, dropout);
      return net.build(
          net.dense("linear", at, classes, true, Initials.pytorch(net.shape(at).size())));
    }

    private static String layer(
        BlueprintBuilder net,
        String part,
        int count,
        String from,
        int out,
        int kernel,
        int stride,
        float gain) {
      String at = convolution(net, part + "conv" + count, from, out, kernel, stride, false);
      at = net.add(part + "relu" + count, new Operation.Relu(), at);
      return net.batchNorm(part + "norm" + count, at, gain);
    }

    private static String convolution(
        BlueprintBuilder net,
        String name,
        String from,
        int out,
        int kernel,
        int stride,
        boolean bias) {
      Initials initials = Initials.pytorch(net.shape(from).channels() * kernel * kernel);
      return net.convolution(name, from, out, kernel, stride, bias, initials);
    }
  }
}
