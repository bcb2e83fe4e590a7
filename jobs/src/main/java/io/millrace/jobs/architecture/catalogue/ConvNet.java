package io.millrace.jobs.architecture.catalogue;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Operation;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * Convolutions of 3 x 3 with stride 2 and no padding, each with ReLU; the largest value of every
 * channel; one dense layer (fast.ai 2018, lesson 7).
 */
@Variant(
    value = "conv-net",
    summary = "Convolutions with stride 2, the largest value of every channel, one dense layer.",
    example = "architecture { name = conv-net, channels = [20, 40, 80] }")
public record ConvNet(
    @Key(value = "channels of each convolution", or = "[20, 40, 80]") List<Integer> channels)
    implements Architecture {
  private static final int KERNEL = 3;
  private static final int STRIDE = 2;

  /**
   * @throws IllegalArgumentException if the list is empty or holds a number below 1
   */
  public ConvNet {
    channels = ImageLimits.checked("conv-net", channels);
  }

  @Override
  public Blueprint blueprint(int imageChannels, int height, int width, int classes) {
    ImageLimits.checkClasses(classes);
    BlueprintBuilder net = BlueprintBuilder.ofImages(imageChannels, height, width);
    int needed = 1;
    for (int i = 0; i < channels.size(); i++) {
      needed = (needed - 1) * STRIDE + KERNEL;
    }
    ImageLimits.checkSides("conv-net", channels.size() + " convolutions", height, width, needed);
    String at = Blueprint.IMAGES;
    for (int i = 0; i < channels.size(); i++) {
      String name = "conv" + (i + 1);
      at = net.convolution(name, at, channels.get(i), KERNEL, STRIDE, 0, true);
      at = net.add("relu" + (i + 1), new Operation.Relu(), at);
    }
    at = net.add("pool", new Operation.GlobalMax(), at);
    return net.build(net.dense("linear", at, classes, true));
  }
}
