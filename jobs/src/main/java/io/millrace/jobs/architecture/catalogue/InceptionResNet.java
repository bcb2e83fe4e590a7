package io.millrace.jobs.architecture.catalogue;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Operation;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * Inception-ResNet-v2 (Szegedy, Ioffe, Vanhoucke and Alemi 2016) as timm builds it, with the names
 * of its tensors: 55,843,464 weights for 1,000 classes. Its stem is convolutions and max pools
 * without padding, then one Inception block. Of three kinds of residual blocks, each joins the
 * channels of several branches, maps them by 1 x 1 back to those that came in, makes them smaller
 * and adds them: kernels of 3 x 3; of 1 x 7 and 7 x 1; of 1 x 3 and 3 x 1. Between kinds the
 * picture is halved in several ways at once. Every other convolution has batch norm and ReLU.
 */
@Variant(
    value = "inception-resnet",
    summary = "Inception-ResNet-v2 as timm builds it: branches of 1x7 and 7x1, from 75 pixels on.",
    example = "architecture { name = inception-resnet, blocks = [10, 20, 10] }")
public record InceptionResNet(
    @Key(value = "residual blocks of each of the three kinds", or = "[10, 20, 10]")
        List<Integer> blocks,
    @Key(value = "channels of the first convolution, even; all others follow", or = "32", min = 2)
        int width)
    implements Architecture {
  private static final int NEEDED = 75;
  private static final int USUAL_WIDTH = 32;
  private static final int KINDS = 3;

  /**
   * @throws IllegalArgumentException if there are not three numbers of 1 or more, or width is odd
   *     or below 2
   */
  public InceptionResNet {
    blocks = ImageLimits.checked("inception-resnet", "blocks", blocks);
    if (blocks.size() != KINDS) {
      throw new IllegalArgumentException(
          "Cannot build inception-resnet with blocks %s: give three numbers".formatted(blocks));
    }
    if (width < 2 || width % 2 != 0) {
      throw new IllegalArgumentException(
          "Cannot build inception-resnet with width = %d: give an even number, 2 or more"
              .formatted(width));
    }
  }

  @Override
  public Blueprint blueprint(int channels, int height, int pixels, int classes) {
    ImageLimits.checkClasses(classes);
    ImageLimits.checkSides("inception-resnet", height, pixels, NEEDED);
    BlueprintBuilder net = BlueprintBuilder.ofImages(channels, height, pixels);
    InceptionParts parts = new InceptionParts(net, width, USUAL_WIDTH);
    String at = stem(parts, Blueprint.IMAGES);
    for (int i = 0; i < blocks.get(0); i++) {
      at = fine(parts, "repeat." + i, at);
    }
    at = firstHalving(parts, at);
    for (int i = 0; i < blocks.get(1); i++) {
      at = middle(parts, "repeat_1." + i, at);
    }
    at = secondHalving(parts, at);
    for (int i = 0; i < blocks.get(2) - 1; i++) {
      at = parts.relu("repeat_2." + i + ".relu", coarse(parts, "repeat_2." + i, at, 0.2));
    }
    at = coarse(parts, "block8", at, 1);
    at = parts.square("conv2d_7b", at, 1536, 1);
    at = net.add("global_pool", new Operation.GlobalAverage(), at);
    return net.build(net.dense("classif", at, classes, true));
  }

  private static String stem(InceptionParts parts, String images) {
    String at = parts.narrowing("conv2d_1a", images, 32, 3, 2);
    at = parts.narrowing("conv2d_2a", at, 32, 3, 1);
    at = parts.largest("maxpool_3a", parts.square("conv2d_2b", at, 64, 3));
    at = parts.narrowing("conv2d_4a", parts.square("conv2d_3b", at, 80, 1), 192, 3, 1);
    at = parts.largest("maxpool_5a", at);
    String means = parts.net().add("mixed_5b.branch3.0", new Operation.MeanPool(3, 1, 1), at);
    String five = parts.square("mixed_5b.branch1.0", at, 48, 1);
    String twice = parts.square("mixed_5b.branch2.0", at, 64, 1);
    twice = parts.square("mixed_5b.branch2.1", twice, 96, 3);
    return parts.joined(
        "mixed_5b",
        parts.square("mixed_5b.branch0", at, 96, 1),
        parts.square("mixed_5b.branch1.1", five, 64, 5),
        parts.square("mixed_5b.branch2.2", twice, 96, 3),
        parts.square("mixed_5b.branch3.1", means, 64, 1));
  }

  private static String fine(InceptionParts parts, String name, String from) {
    String one = parts.square(name + ".branch1.0", from, 32, 1);
    String two = parts.square(name + ".branch2.0", from, 32, 1);
    two = parts.square(name + ".branch2.1", two, 48, 3);
    String joined =
        parts.joined(
            name,
            parts.square(name + ".branch0", from, 32, 1),
            parts.square(name + ".branch1.1", one, 32, 3),
            parts.square(name + ".branch2.2", two, 64, 3));
    return parts.relu(name + ".relu", parts.residual(name, from, joined, 0.17));
  }

  private static String firstHalving(InceptionParts parts, String from) {
    String one = parts.square("mixed_6a.branch1.0", from, 256, 1);
    one = parts.square("mixed_6a.branch1.1", one, 256, 3);
    return parts.joined(
        "mixed_6a",
        parts.narrowing("mixed_6a.branch0", from, 384, 3, 2),
        parts.narrowing("mixed_6a.branch1.2", one, 384, 3, 2),
        parts.largest("mixed_6a.branch2", from));
  }

  private static String middle(InceptionParts parts, String name, String from) {
    String one = parts.square(name + ".branch1.0", from, 128, 1);
    one = parts.layer(name + ".branch1.1", one, 160, 1, 7);
    String joined =
        parts.joined(
            name,
            parts.square(name + ".branch0", from, 192, 1),
            parts.layer(name + ".branch1.2", one, 192, 7, 1));
    return parts.relu(name + ".relu", parts.residual(name, from, joined, 0.1));
  }

  private static String secondHalving(InceptionParts parts, String from) {
    String two = parts.square("mixed_7a.branch2.0", from, 256, 1);
    two = parts.square("mixed_7a.branch2.1", two, 288, 3);
    String none = parts.square("mixed_7a.branch0.0", from, 256, 1);
    String one = parts.square("mixed_7a.branch1.0", from, 256, 1);
    return parts.joined(
        "mixed_7a",
        parts.narrowing("mixed_7a.branch0.1", none, 384, 3, 2),
        parts.narrowing("mixed_7a.branch1.1", one, 288, 3, 2),
        parts.narrowing("mixed_7a.branch2.2", two, 320, 3, 2),
        parts.largest("mixed_7a.branch3", from));
  }

  private static String coarse(InceptionParts parts, String name, String from, double scale) {
    String one = parts.square(name + ".branch1.0", from, 192, 1);
    one = parts.layer(name + ".branch1.1", one, 224, 1, 3);
    String joined =
        parts.joined(
            name,
            parts.square(name + ".branch0", from, 192, 1),
            parts.layer(name + ".branch1.2", one, 256, 3, 1));
    return parts.residual(name, from, joined, scale);
  }
}
