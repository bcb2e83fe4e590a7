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
 * Linear maps of the pixels with ReLU between them (fast.ai 2018, lesson 7: 3,072 - 40 - 10,
 * 123,330 weights). Weights begin as PyTorch's do.
 */
@Variant(
    value = "simple-net",
    summary = "Linear maps with ReLU between them, on the pixels (fast.ai 2018, lesson 7).",
    example = "architecture { name = simple-net, layers = [40] }")
public record SimpleNet(
    @Key(value = "values after each linear map but the last", or = "[40]") List<Integer> layers)
    implements Architecture {
  /**
   * @throws IllegalArgumentException if the list is empty or holds a number below 1
   */
  public SimpleNet {
    layers = ImageLimits.checked("simple-net", "layers", layers);
  }

  @Override
  public Blueprint blueprint(int channels, int height, int width, int classes) {
    ImageLimits.checkClasses(classes);
    BlueprintBuilder net = BlueprintBuilder.ofImages(channels, height, width);
    String at = net.add("flatten", new Operation.Flatten(), Blueprint.IMAGES);
    for (int i = 0; i < layers.size(); i++) {
      at = linear(net, "linear" + (i + 1), at, layers.get(i));
      at = net.add("relu" + (i + 1), new Operation.Relu(), at);
    }
    return net.build(linear(net, "linear" + (layers.size() + 1), at, classes));
  }

  private static String linear(BlueprintBuilder net, String name, String from, int out) {
    return net.dense(name, from, out, true, Initials.pytorch(net.shape(from).size()));
  }
}
