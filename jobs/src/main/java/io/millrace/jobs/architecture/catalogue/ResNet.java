package io.millrace.jobs.architecture.catalogue;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Operation;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * Residual blocks (He, Zhang, Ren and Sun 2016, as fast.ai 2022, lesson 18, builds them). The first
 * block keeps the size, every later one halves it. A block is convolution, batch norm and ReLU;
 * then a convolution with the block's stride and a batch norm whose gain starts at 0; plus the
 * shortcut (means of 2 x 2 pixels where the block halves, a 1 x 1 convolution where the channels
 * change); ReLU after the sum. At the end the mean of every channel, a dense layer without bias and
 * a batch norm of the logits.
 */
@Variant(
    value = "resnet",
    summary = "Residual blocks with batch norm; every block after the first halves the picture.",
    example = "architecture { name = resnet, channels = [16, 32, 64, 128, 256] }")
public record ResNet(
    @Key(value = "channels of each block", or = "[16, 32, 64, 128, 256]") List<Integer> channels)
    implements Architecture {
  private static final int KERNEL = 3;

  /**
   * @throws IllegalArgumentException if the list is empty or holds a number below 1
   */
  public ResNet {
    channels = ImageLimits.checked("resnet", channels);
  }

  @Override
  public Blueprint blueprint(int imageChannels, int height, int width, int classes) {
    ImageLimits.checkClasses(classes);
    BlueprintBuilder net = BlueprintBuilder.ofImages(imageChannels, height, width);
    int halvings = channels.size() - 1;
    int needed = ImageLimits.neededFor(halvings);
    ImageLimits.checkSides("resnet", channels.size() + " blocks", height, width, needed);
    String at = Blueprint.IMAGES;
    for (int i = 0; i < channels.size(); i++) {
      at = ResidualBlock.add(net, "block" + (i + 1), at, channels.get(i), KERNEL, i == 0 ? 1 : 2);
    }
    at = net.add("pool", new Operation.GlobalAverage(), at);
    at = net.dense("linear", at, classes, false);
    return net.build(net.batchNorm("norm", at, 1));
  }
}
