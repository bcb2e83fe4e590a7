package io.millrace.jobs.architecture.catalogue;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Initials;
import io.millrace.jobs.architecture.Operation;
import io.millrace.jobs.architecture.Operation.Convolution;
import io.millrace.jobs.architecture.Padding;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;

/**
 * The residual networks of ImageNet (He, Zhang, Ren and Sun 2016; the wide one by Zagoruyko and
 * Komodakis 2016) as torchvision builds them, with the names of its tensors: a convolution of 7 x 7
 * and a max pool, four layers of blocks, the mean of every channel and a linear map. The first
 * block of each layer but the first halves the picture, in its 3 x 3 convolution ("ResNet v1.5").
 */
public final class TorchvisionResNets {
  static final String WIDTH = "channels of the first layer";
  static final String USUAL_WIDTH = "64";
  static final String GAIN =
      "whether the gain of a block's last norm begins at 0, so that the block does nothing";
  private static final int HALVINGS = 5;
  private static final int SMALL_HALVINGS = 3;

  private TorchvisionResNets() {}

  /** Two 3 x 3 convolutions a block. */
  @Variant(
      value = "resnet-18",
      summary = "ResNet-18 as torchvision builds it, for pictures of about 224 pixels.",
      example = "architecture { name = resnet-18 }")
  public record ResNet18(
      @Key(value = WIDTH, or = USUAL_WIDTH, min = 1) int width,
      @Key(value = GAIN, or = "false") boolean zeroGamma)
      implements Architecture {
    /** One whose gains all begin at 1. */
    public ResNet18(int width) {
      this(width, false);
    }

    @Override
    public Blueprint blueprint(int channels, int height, int pixels, int classes) {
      return new Plan("resnet-18", width, 0, false, zeroGamma, 2, 2, 2, 2)
          .build(channels, height, pixels, classes);
    }
  }

  /** Two 3 x 3 convolutions a block. */
  @Variant(
      value = "resnet-34",
      summary = "ResNet-34 as torchvision builds it, for pictures of about 224 pixels.",
      example = "architecture { name = resnet-34 }")
  public record ResNet34(
      @Key(value = WIDTH, or = USUAL_WIDTH, min = 1) int width,
      @Key(value = GAIN, or = "false") boolean zeroGamma)
      implements Architecture {
    /** One whose gains all begin at 1. */
    public ResNet34(int width) {
      this(width, false);
    }

    @Override
    public Blueprint blueprint(int channels, int height, int pixels, int classes) {
      return new Plan("resnet-34", width, 0, false, zeroGamma, 3, 4, 6, 3)
          .build(channels, height, pixels, classes);
    }
  }

  /** A block is a bottleneck of 1 x 1, 3 x 3 and 1 x 1. */
  @Variant(
      value = "resnet-50",
      summary = "ResNet-50 as torchvision builds it, for pictures of about 224 pixels.",
      example = "architecture { name = resnet-50 }")
  public record ResNet50(
      @Key(value = WIDTH, or = USUAL_WIDTH, min = 1) int width,
      @Key(value = GAIN, or = "false") boolean zeroGamma)
      implements Architecture {
    /** One whose gains all begin at 1. */
    public ResNet50(int width) {
      this(width, false);
    }

    @Override
    public Blueprint blueprint(int channels, int height, int pixels, int classes) {
      return new Plan("resnet-50", width, 1, false, zeroGamma, 3, 4, 6, 3)
          .build(channels, height, pixels, classes);
    }
  }

  /** ResNet-50 with twice as many channels within each bottleneck. */
  @Variant(
      value = "wide-resnet-50-2",
      summary = "ResNet-50 with bottlenecks of twice the channels, as torchvision builds it.",
      example = "architecture { name = wide-resnet-50-2 }")
  public record WideResNet50(
      @Key(value = WIDTH, or = USUAL_WIDTH, min = 1) int width,
      @Key(value = GAIN, or = "false") boolean zeroGamma)
      implements Architecture {
    /** One whose gains all begin at 1. */
    public WideResNet50(int width) {
      this(width, false);
    }

    @Override
    public Blueprint blueprint(int channels, int height, int pixels, int classes) {
      return new Plan("wide-resnet-50-2", width, 2, false, zeroGamma, 3, 4, 6, 3)
          .build(channels, height, pixels, classes);
    }
  }

  /**
   * ResNet-18 for small pictures: the first convolution is 3 x 3 with stride 1 and has no max pool
   * after it, and the linear map reads both the largest value and the mean of every channel
   * (fast.ai's "concatenated pooling"). For CIFAR-10 11,179,082 weights.
   */
  @Variant(
      value = "resnet-18-concat",
      summary = "ResNet-18 for small pictures with concatenated pooling, as lesson 13 of fast.ai.",
      example = "architecture { name = resnet-18-concat }")
  public record ResNet18Concat(
      @Key(value = WIDTH, or = USUAL_WIDTH, min = 1) int width,
      @Key(value = GAIN, or = "false") boolean zeroGamma)
      implements Architecture {
    @Override
    public Blueprint blueprint(int channels, int height, int pixels, int classes) {
      return new Plan("resnet-18-concat", width, 0, true, zeroGamma, 2, 2, 2, 2)
          .build(channels, height, pixels, classes);
    }
  }

  /**
   * What tells them apart.
   *
   * @param width channels of the first layer
   * @param inner how many times as many channels a bottleneck has within; 0 for no bottlenecks
   * @param small whether it is for small pictures, with concatenated pooling
   * @param blocks of each layer
   */
  private record Plan(
      String name, int width, int inner, boolean small, boolean zeroGamma, int... blocks) {
    private static final int EXPANSION = 4;

    Blueprint build(int channels, int height, int pixels, int classes) {
      ImageLimits.checkClasses(classes);
      ImageLimits.checkWidth(name, "width", width);
      int halvings = small ? SMALL_HALVINGS : HALVINGS;
      ImageLimits.checkSides(name, height, pixels, ImageLimits.neededFor(halvings));
      BlueprintBuilder net = BlueprintBuilder.ofImages(channels, height, pixels);
      String at = stem(net);
      int out = width;
      for (int layer = 0; layer < blocks.length; layer++) {
        for (int block = 0; block < blocks[layer]; block++) {
          String part = "layer%d.%d".formatted(layer + 1, block);
          at = block(net, part, at, out, layer > 0 && block == 0 ? 2 : 1);
        }
        out *= 2;
      }
      at = pooled(net, at);
      int features = net.shape(at).size();
      Operation last = new Operation.Dense(features, classes, true, Initials.pytorch(features));
      return net.build(net.add("fc", last, at));
    }

    private String stem(BlueprintBuilder net) {
      int side = small ? 3 : 7;
      String at = convolution(net, "conv1", Blueprint.IMAGES, width, side, small ? 1 : 2);
      at = relu(net, "relu", net.batchNorm("bn1", at, 1));
      return small ? at : net.add("maxpool", new Operation.MaxPool(3, 2, 1), at);
    }

    private String pooled(BlueprintBuilder net, String from) {
      String means = net.add("avgpool", new Operation.GlobalAverage(), from);
      if (!small) {
        return means;
      }
      String largest = net.add("globalmaxpool", new Operation.GlobalMax(), from);
      return net.add("concat", new Operation.Concat(), largest, means);
    }

    private float lastGain() {
      return zeroGamma ? 0 : 1;
    }

    private String block(BlueprintBuilder net, String part, String from, int width, int stride) {
      String at =
          inner == 0 ? pair(net, part, from, width, stride) : neck(net, part, from, width, stride);
      int out = net.shape(at).channels();
      String shortcut = from;
      if (stride > 1 || net.shape(from).channels() != out) {
        shortcut = convolution(net, part + ".downsample.0", from, out, 1, stride);
        shortcut = net.batchNorm(part + ".downsample.1", shortcut, 1);
      }
      return relu(net, part + ".relu", net.add(part + ".add", new Operation.Add(), at, shortcut));
    }

    private String pair(BlueprintBuilder net, String part, String from, int width, int stride) {
      String at = convolution(net, part + ".conv1", from, width, 3, stride);
      at = relu(net, part + ".relu1", net.batchNorm(part + ".bn1", at, 1));
      at = convolution(net, part + ".conv2", at, width, 3, 1);
      return net.batchNorm(part + ".bn2", at, lastGain());
    }

    private String neck(BlueprintBuilder net, String part, String from, int width, int stride) {
      String at = convolution(net, part + ".conv1", from, inner * width, 1, 1);
      at = relu(net, part + ".relu1", net.batchNorm(part + ".bn1", at, 1));
      at = convolution(net, part + ".conv2", at, inner * width, 3, stride);
      at = relu(net, part + ".relu2", net.batchNorm(part + ".bn2", at, 1));
      at = convolution(net, part + ".conv3", at, EXPANSION * width, 1, 1);
      return net.batchNorm(part + ".bn3", at, lastGain());
    }

    private static String relu(BlueprintBuilder net, String name, String from) {
      return net.add(name, new Operation.Relu(), from);
    }

    private static String convolution(
        BlueprintBuilder net, String name, String from, int out, int kernel, int stride) {
      int in = net.shape(from).channels();
      Padding around = new Padding.Zeros(kernel / 2);
      Initials initials = Initials.he(out * kernel * kernel);
      return net.add(
          name, new Convolution(in, out, kernel, stride, around, 1, false, initials), from);
    }
  }
}
