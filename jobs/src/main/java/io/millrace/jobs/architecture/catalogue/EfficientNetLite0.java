package io.millrace.jobs.architecture.catalogue;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Initial;
import io.millrace.jobs.architecture.Initials;
import io.millrace.jobs.architecture.Operation;
import io.millrace.jobs.architecture.Operation.Convolution;
import io.millrace.jobs.architecture.Padding;
import io.millrace.pipeline.job.Variant;

/**
 * EfficientNet (Tan and Le 2019) in its form for small devices: ReLU6 and no squeeze-excite. Blocks
 * of a 1 x 1 convolution to six times the channels, a depthwise one, and a 1 x 1 back; padding and
 * batch norm as TensorFlow's. Names of tensors and initial weights are timm's
 * (tf_efficientnet_lite0). The drop-connect that it was trained with is not there yet.
 */
@Variant(
    value = "efficientnet-lite0",
    summary =
        "EfficientNet-Lite0: few weights and multiplications, without drop-connect, for pictures of about 224 pixels.",
    example = "architecture { name = efficientnet-lite0 }")
public record EfficientNetLite0() implements Architecture {
  private static final String NAME = "efficientnet-lite0";
  private static final int STEM = 32;
  private static final int HEAD = 1280;
  private static final int HALVINGS = 5;
  private static final double EPSILON = 1e-3;
  private static final double MOMENTUM = 0.01;
  private static final Stage[] STAGES = {
    new Stage(1, 3, 1, 1, 16),
    new Stage(2, 3, 2, 6, 24),
    new Stage(2, 5, 2, 6, 40),
    new Stage(3, 3, 2, 6, 80),
    new Stage(3, 5, 1, 6, 112),
    new Stage(4, 5, 2, 6, 192),
    new Stage(1, 3, 1, 6, 320)
  };

  /**
   * Blocks of one kind.
   *
   * @param stride of the first block; 1 for the others
   * @param expansion how many times as many channels a block has within
   */
  private record Stage(int blocks, int kernel, int stride, int expansion, int out) {}

  @Override
  public Blueprint blueprint(int channels, int height, int width, int classes) {
    ImageLimits.checkClasses(classes);
    ImageLimits.checkSides(NAME, height, width, ImageLimits.neededFor(HALVINGS));
    BlueprintBuilder net = BlueprintBuilder.ofImages(channels, height, width);
    String at = convolution(net, "conv_stem", Blueprint.IMAGES, STEM, 3, 2, 1);
    at = activated(net, "bn1", "act1", at);
    for (int stage = 0; stage < STAGES.length; stage++) {
      Stage kind = STAGES[stage];
      for (int block = 0; block < kind.blocks(); block++) {
        String part = "blocks.%d.%d.".formatted(stage, block);
        int stride = block == 0 ? kind.stride() : 1;
        at =
            kind.expansion() == 1
                ? separable(net, part, at, kind, stride)
                : inverted(net, part, at, kind, stride);
      }
    }
    at = activated(net, "bn2", "act2", convolution(net, "conv_head", at, HEAD, 1, 1, 1));
    at = net.add("global_pool", new Operation.GlobalAverage(), at);
    Initials initials =
        new Initials(new Initial.Uniform(1 / Math.sqrt(classes)), new Initial.Constant(0));
    Operation last = new Operation.Dense(HEAD, classes, true, initials);
    return net.build(net.add("classifier", last, at));
  }

  /** The first block's form, which has nothing to expand and, here, no shortcut. */
  private static String separable(
      BlueprintBuilder net, String part, String from, Stage kind, int stride) {
    int in = net.shape(from).channels();
    String at = convolution(net, part + "conv_dw", from, in, kind.kernel(), stride, in);
    at = activated(net, part + "bn1", part + "act1", at);
    at = convolution(net, part + "conv_pw", at, kind.out(), 1, 1, 1);
    return net.batchNorm(part + "bn2", at, EPSILON, MOMENTUM);
  }

  private static String inverted(
      BlueprintBuilder net, String part, String from, Stage kind, int stride) {
    int in = net.shape(from).channels();
    int within = in * kind.expansion();
    String at = convolution(net, part + "conv_pw", from, within, 1, 1, 1);
    at = activated(net, part + "bn1", part + "act1", at);
    at = convolution(net, part + "conv_dw", at, within, kind.kernel(), stride, within);
    at = activated(net, part + "bn2", part + "act2", at);
    at = convolution(net, part + "conv_pwl", at, kind.out(), 1, 1, 1);
    at = net.batchNorm(part + "bn3", at, EPSILON, MOMENTUM);
    return stride == 1 && in == kind.out()
        ? net.add(part + "add", new Operation.Add(), at, from)
        : at;
  }

  private static String activated(BlueprintBuilder net, String norm, String name, String from) {
    return net.add(name, new Operation.Relu6(), net.batchNorm(norm, from, EPSILON, MOMENTUM));
  }

  private static String convolution(
      BlueprintBuilder net, String name, String from, int out, int kernel, int stride, int groups) {
    int in = net.shape(from).channels();
    Initials initials = Initials.he(out / groups * kernel * kernel);
    Padding same = new Padding.Same();
    return net.add(
        name, new Convolution(in, out, kernel, stride, same, groups, false, initials), from);
  }
}
