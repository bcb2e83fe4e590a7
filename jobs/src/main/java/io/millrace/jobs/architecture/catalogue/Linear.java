package io.millrace.jobs.architecture.catalogue;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Operation;
import io.millrace.pipeline.job.Variant;

/** One dense layer on the pixels: the baseline. */
@Variant(
    value = "linear",
    summary = "One dense layer on the pixels: the baseline.",
    example = "architecture { name = linear }")
public record Linear() implements Architecture {
  @Override
  public Blueprint blueprint(int channels, int height, int width, int classes) {
    ImageLimits.checkClasses(classes);
    BlueprintBuilder net = BlueprintBuilder.ofImages(channels, height, width);
    String pixels = net.add("flatten", new Operation.Flatten(), Blueprint.IMAGES);
    return net.build(net.dense("linear", pixels, classes, true));
  }
}
