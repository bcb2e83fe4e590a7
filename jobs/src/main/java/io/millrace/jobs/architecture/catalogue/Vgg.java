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
 * The networks of Simonyan and Zisserman 2015 as torchvision builds them, with the names of its
 * tensors: thirteen convolutions of 3 x 3, a max pool after each part, means of 7 x 7 windows and
 * three linear maps. Torchvision's dropout after the first two is {@code dropout = 0.5}.
 */
public final class Vgg {
  static final String WIDTH = "channels of the first convolutions";
  static final String HIDDEN = "values between the linear maps";
  static final String DROPOUT = "share of values that training leaves out between the linear maps";
  private static final int[] WIDTHS = {1, 2, 4, 8, 8};
  private static final int[] CONVOLUTIONS = {2, 2, 3, 3, 3};
  private static final int KERNEL = 3;
  private static final int POOLED = 7;
  private static final int NEEDED = 32;
  private static final double DEVIATION = 0.01;

  private Vgg() {}

  /** Without batch norm. */
  @Variant(
      value = "vgg-16",
      summary =
          "VGG-16 as torchvision builds it, its dropout by choice, for pictures of about 224 pixels.",
      example = "architecture { name = vgg-16 }")
  public record Vgg16(
      @Key(value = WIDTH, or = "64", min = 1) int width,
      @Key(value = HIDDEN, or = "4096", min = 1) int hidden,
      @Key(value = DROPOUT, or = "0", min = 0, max = 0.99) double dropout)
      implements Architecture {
    /** One without dropout. */
    public Vgg16(int width, int hidden) {
      this(width, hidden, 0);
    }

    @Override
    public Blueprint blueprint(int channels, int height, int pixels, int classes) {
      return new Plan("vgg-16", width, hidden, false, dropout)
          .build(channels, height, pixels, classes);
    }
  }

  /** With batch norm after each convolution. */
  @Variant(
      value = "vgg-16-bn",
      summary =
          "VGG-16 with batch norm as torchvision builds it, its dropout by choice, for pictures of about 224 pixels.",
      example = "architecture { name = vgg-16-bn }")
  public record Vgg16Bn(
      @Key(value = WIDTH, or = "64", min = 1) int width,
      @Key(value = HIDDEN, or = "4096", min = 1) int hidden,
      @Key(value = DROPOUT, or = "0", min = 0, max = 0.99) double dropout)
      implements Architecture {
    /** One without dropout. */
    public Vgg16Bn(int width, int hidden) {
      this(width, hidden, 0);
    }

    @Override
    public Blueprint blueprint(int channels, int height, int pixels, int classes) {
      return new Plan("vgg-16-bn", width, hidden, true, dropout)
          .build(channels, height, pixels, classes);
    }
  }

  /** What tells them apart. */
  private record Plan(String name, int width, int hidden, boolean norm, double dropout) {
    Blueprint build(int channels, int height, int pixels, int classes) {
      ImageLimits.checkClasses(classes);
      ImageLimits.checkWidth(name, "width", width);
      ImageLimits.checkWidth(name, "hidden", hidden);
      ImageLimits.checkDropout(name, dropout);
      ImageLimits.checkSides(name, height, pixels, NEEDED);
      BlueprintBuilder net = BlueprintBuilder.ofImages(channels, height, pixels);
      String at = features(net);
      at = net.add("avgpool", new Operation.AveragePool(POOLED), at);
      at = net.add("flatten", new Operation.Flatten(), at);
      // Torchvision counts the dropouts, whether there are any or not.
      at = net.add("classifier.1", new Operation.Relu(), linear(net, "classifier.0", at, hidden));
      at = net.dropout("classifier.2", at, dropout);
      at = net.add("classifier.4", new Operation.Relu(), linear(net, "classifier.3", at, hidden));
      at = net.dropout("classifier.5", at, dropout);
      return net.build(linear(net, "classifier.6", at, classes));
    }

    private String features(BlueprintBuilder net) {
      String at = Blueprint.IMAGES;
      int index = 0;
      for (int part = 0; part < WIDTHS.length; part++) {
        for (int i = 0; i < CONVOLUTIONS[part]; i++) {
          at = convolution(net, "features." + index++, at, width * WIDTHS[part]);
          if (norm) {
            at = net.batchNorm("features." + index++, at, 1);
          }
          at = net.add("features." + index++, new Operation.Relu(), at);
        }
        at = net.add("features." + index++, new Operation.MaxPool(2, 2, 0), at);
      }
      return at;
    }

    private static String convolution(BlueprintBuilder net, String name, String from, int out) {
      int in = net.shape(from).channels();
      Padding around = new Padding.Zeros(1);
      Initials initials = Initials.he(out * KERNEL * KERNEL);
      return net.add(name, new Convolution(in, out, KERNEL, 1, around, 1, true, initials), from);
    }

    private static String linear(BlueprintBuilder net, String name, String from, int out) {
      int in = net.shape(from).size();
      return net.add(name, new Operation.Dense(in, out, true, Initials.normal(DEVIATION)), from);
    }
  }
}
