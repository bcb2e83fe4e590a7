package io.millrace.jobs.architecture.catalogue;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Initials;
import io.millrace.jobs.architecture.Operation;
import io.millrace.jobs.architecture.Operation.BatchNorm;
import io.millrace.jobs.architecture.Operation.Convolution;
import io.millrace.jobs.architecture.Padding;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * The network of YOLO 3 (Redmon and Farhadi 2018) as fast.ai 2018, lesson 12, builds it for small
 * pictures. A layer is a convolution, batch norm and leaky ReLU. After a first layer come groups: a
 * layer that doubles the channels and, except in the second group, halves the picture; then blocks,
 * each the sum of what it gets and two layers, 1 x 1 to half the channels and 3 x 3 back. At the
 * end the mean of every channel and a linear map.
 */
@Variant(
    value = "darknet",
    summary = "Groups of residual blocks of 1 x 1 and 3 x 3, each of twice the channels.",
    example = "architecture { name = darknet, blocks = [1, 2, 4, 6, 3] }")
public record Darknet(
    @Key(value = "blocks of each group", or = "[1, 2, 4, 6, 3]") List<Integer> blocks,
    @Key(value = "channels of the first convolution", or = "32", min = 1) int width,
    @Key(
            value =
                "whether the gain of a block's last norm begins at 0, so that the block does nothing",
            or = "false")
        boolean zeroGamma)
    implements Architecture {
  private static final double MOMENTUM = 0.01;
  private static final double EPSILON = 1e-5;
  private static final double SLOPE = 0.1;
  private static final int MOST_GROUPS = 16;

  /**
   * @throws IllegalArgumentException if there are no groups or too many, one has a number of blocks
   *     below 0, or width is below 1
   */
  public Darknet {
    if (blocks.isEmpty()
        || blocks.size() > MOST_GROUPS
        || blocks.stream().anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException(
          "Cannot build darknet with blocks %s: give 1 to %d numbers, each 0 or more"
              .formatted(blocks, MOST_GROUPS));
    }
    ImageLimits.checkWidth("darknet", "width", width);
    blocks = List.copyOf(blocks);
  }

  /** One whose gains all begin at 1. */
  public Darknet(List<Integer> blocks, int width) {
    this(blocks, width, false);
  }

  @Override
  public Blueprint blueprint(int channels, int height, int pixels, int classes) {
    ImageLimits.checkClasses(classes);
    int halvings = Math.max(1, blocks.size() - 1);
    ImageLimits.checkSides(
        "darknet", blocks.size() + " groups", height, pixels, ImageLimits.neededFor(halvings));
    BlueprintBuilder net = BlueprintBuilder.ofImages(channels, height, pixels);
    String at = layer(net, "stem.", "", Blueprint.IMAGES, width, 3, 1, 1);
    for (int group = 1; group <= blocks.size(); group++) {
      int out = 2 * net.shape(at).channels();
      String part = "group" + group + ".";
      at = layer(net, part, "", at, out, 3, group == 2 ? 1 : 2, 1);
      for (int block = 1; block <= blocks.get(group - 1); block++) {
        at = block(net, part + "block" + block + ".", at);
      }
    }
    at = net.add("pool", new Operation.GlobalAverage(), at);
    int features = net.shape(at).size();
    Operation last = new Operation.Dense(features, classes, true, Initials.pytorch(features));
    return net.build(net.add("linear", last, at));
  }

  private String block(BlueprintBuilder net, String part, String from) {
    int channels = net.shape(from).channels();
    String at = layer(net, part, "1", from, channels / 2, 1, 1, 1);
    at = layer(net, part, "2", at, channels, 3, 1, zeroGamma ? 0 : 1);
    return net.add(part + "add", new Operation.Add(), from, at);
  }

  private static String layer(
      BlueprintBuilder net,
      String part,
      String count,
      String from,
      int out,
      int kernel,
      int stride,
      float gain) {
    int in = net.shape(from).channels();
    Padding around = new Padding.Zeros(kernel / 2);
    Initials initials = Initials.pytorch(in * kernel * kernel);
    String at =
        net.add(
            part + "conv" + count,
            new Convolution(in, out, kernel, stride, around, 1, false, initials),
            from);
    at = net.add(part + "norm" + count, new BatchNorm(out, EPSILON, MOMENTUM, gain), at);
    return net.add(part + "relu" + count, new Operation.LeakyRelu(SLOPE), at);
  }
}
