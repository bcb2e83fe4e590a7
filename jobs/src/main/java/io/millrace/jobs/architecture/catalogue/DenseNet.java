package io.millrace.jobs.architecture.catalogue;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Initial;
import io.millrace.jobs.architecture.Initials;
import io.millrace.jobs.architecture.Operation;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * DenseNet (Huang, Liu, van der Maaten and Weinberger 2017) as torchvision builds it, with the
 * names of its tensors: by default DenseNet-121, 7,978,856 weights for 1,000 classes. After a
 * convolution of 7 x 7 and a max pool come blocks, in which every layer reads the channels of all
 * layers before it: batch norm, ReLU, 1 x 1 to four times the growth, batch norm, ReLU, 3 x 3 to
 * the growth. Between blocks batch norm, ReLU and 1 x 1 keep half of the channels, and means of 2 x
 * 2 pixels half of the sides, rounded down.
 */
@Variant(
    value = "densenet",
    summary = "DenseNet as torchvision builds it, by default DenseNet-121, for about 224 pixels.",
    example = "architecture { name = densenet, blocks = [6, 12, 24, 16] }")
public record DenseNet(
    @Key(value = "layers of each block", or = "[6, 12, 24, 16]") List<Integer> blocks,
    @Key(value = "channels that every layer adds", or = "32", min = 1) int growth,
    @Key(value = "channels of the first convolution", or = "64", min = 2) int width)
    implements Architecture {
  private static final int WITHIN = 4;
  private static final int MOST_BLOCKS = 16;

  /**
   * @throws IllegalArgumentException if there are no blocks or too many, one has a number of layers
   *     below 1, growth is below 1, or width below 2
   */
  public DenseNet {
    blocks = ImageLimits.checked("densenet", "blocks", blocks);
    if (blocks.size() > MOST_BLOCKS) {
      throw new IllegalArgumentException(
          "Cannot build densenet with %d blocks: at most %d halve a picture"
              .formatted(blocks.size(), MOST_BLOCKS));
    }
    ImageLimits.checkWidth("densenet", "growth", growth);
    if (width < 2) {
      throw new IllegalArgumentException(
          "Cannot build densenet with width = %d: it must be at least 2".formatted(width));
    }
  }

  @Override
  public Blueprint blueprint(int channels, int height, int pixels, int classes) {
    ImageLimits.checkClasses(classes);
    // The first two halvings round up, those between blocks down.
    int needed = 4 * ((1 << (blocks.size() - 1)) - 1) + 1;
    ImageLimits.checkSides("densenet", blocks.size() + " blocks", height, pixels, needed);
    BlueprintBuilder net = BlueprintBuilder.ofImages(channels, height, pixels);
    String at = convolution(net, "features.conv0", Blueprint.IMAGES, width, 7, 2);
    at = normalised(net, "features.", "0", at);
    at = net.add("features.pool0", new Operation.MaxPool(3, 2, 1), at);
    for (int block = 1; block <= blocks.size(); block++) {
      for (int layer = 1; layer <= blocks.get(block - 1); layer++) {
        String part = "features.denseblock%d.denselayer%d.".formatted(block, layer);
        at = net.add(part + "concat", new Operation.Concat(), at, layer(net, part, at));
      }
      if (block < blocks.size()) {
        at = transition(net, "features.transition%d.".formatted(block), at);
      }
    }
    at = normalised(net, "features.", "5", at);
    at = net.add("avgpool", new Operation.GlobalAverage(), at);
    Initial even = new Initial.Uniform(1 / Math.sqrt(net.shape(at).size()));
    Initials initials = new Initials(even, new Initial.Constant(0));
    return net.build(net.dense("classifier", at, classes, true, initials));
  }

  private String layer(BlueprintBuilder net, String part, String from) {
    String at = normalised(net, part, "1", from);
    at = convolution(net, part + "conv1", at, WITHIN * growth, 1, 1);
    at = normalised(net, part, "2", at);
    return convolution(net, part + "conv2", at, growth, 3, 1);
  }

  private static String transition(BlueprintBuilder net, String part, String from) {
    String at = normalised(net, part, "", from);
    at = convolution(net, part + "conv", at, net.shape(at).channels() / 2, 1, 1);
    return net.add(part + "pool", new Operation.MeanPool(2, 2, 0), at);
  }

  private static String normalised(BlueprintBuilder net, String part, String count, String from) {
    String at = net.batchNorm(part + "norm" + count, from, 1);
    return net.add(part + "relu" + count, new Operation.Relu(), at);
  }

  private static String convolution(
      BlueprintBuilder net, String name, String from, int out, int kernel, int stride) {
    return net.convolution(name, from, out, kernel, stride, false);
  }
}
