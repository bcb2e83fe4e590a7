package io.millrace.jobs.architecture.catalogue;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Operation;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * {@link ConvNet} with a padding of 1, so that each convolution halves the picture (fast.ai 2018,
 * lesson 7).
 */
@Variant(
    value = "conv-net2",
    summary = "conv-net with padding: every convolution halves the picture (lesson 7).",
    example = "architecture { name = conv-net2, channels = [20, 40, 80] }")
public record ConvNet2(
    @Key(value = "channels of each convolution", or = "[20, 40, 80]") List<Integer> channels)
    implements Architecture {
  /**
   * @throws IllegalArgumentException if the list is empty or holds a number below 1
   */
  public ConvNet2 {
    channels = ImageLimits.checked("conv-net2", channels);
  }

  @Override
  public Blueprint blueprint(int imageChannels, int height, int width, int classes) {
    ImageLimits.checkClasses(classes);
    int needed = ImageLimits.neededFor(channels.size());
    ImageLimits.checkSides("conv-net2", channels.size() + " convolutions", height, width, needed);
    BlueprintBuilder net = BlueprintBuilder.ofImages(imageChannels, height, width);
    String at = Blueprint.IMAGES;
    for (int i = 0; i < channels.size(); i++) {
      at = net.convolution("conv" + (i + 1), at, channels.get(i), 3, 2, true);
      at = net.add("relu" + (i + 1), new Operation.Relu(), at);
    }
    at = net.add("pool", new Operation.GlobalMax(), at);
    return net.build(net.dense("linear", at, classes, true));
  }
}
