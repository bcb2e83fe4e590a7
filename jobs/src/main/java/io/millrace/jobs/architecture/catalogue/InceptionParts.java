package io.millrace.jobs.architecture.catalogue;

import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Initials;
import io.millrace.jobs.architecture.Operation;
import io.millrace.jobs.architecture.Operation.Convolution;
import io.millrace.jobs.architecture.Padding;

/**
 * The parts of which an Inception network is made. Channels are given as the paper has them.
 *
 * @param width channels of the first convolution
 * @param usual those that the paper has there
 */
record InceptionParts(BlueprintBuilder net, int width, int usual) {
  private static final double EPSILON = 1e-3;
  private static final double MOMENTUM = 0.1;

  /** A layer with a square kernel that keeps the size. */
  String square(String name, String from, int channels, int kernel) {
    return layer(name, from, channels, kernel, kernel);
  }

  /** A layer that keeps the size. */
  String layer(String name, String from, int channels, int height, int width) {
    return layer(name, from, channels, height, width, 1, new Padding.Half());
  }

  /** A layer without padding. */
  String narrowing(String name, String from, int channels, int kernel, int stride) {
    return layer(name, from, channels, kernel, kernel, stride, new Padding.Zeros(0));
  }

  private String layer(
      String name, String from, int channels, int height, int width, int stride, Padding around) {
    int in = net.shape(from).channels();
    Initials initials = Initials.he(in * height * width);
    Operation convolution =
        new Convolution(in, ours(channels), height, width, stride, around, 1, false, initials);
    String at = net.add(name + ".conv", convolution, from);
    return relu(name + ".relu", net.batchNorm(name + ".bn", at, EPSILON, MOMENTUM));
  }

  /** The largest values of windows of 3 x 3, every other one, without padding. */
  String largest(String name, String from) {
    return net.add(name, new Operation.MaxPool(3, 2, 0), from);
  }

  /** The channels of several branches. */
  String joined(String name, String... branches) {
    return net.add(name + ".concat", new Operation.Concat(), branches);
  }

  /** What came in, plus the joined branches, mapped to as many channels and made smaller. */
  String residual(String name, String from, String joined, double scale) {
    int channels = net.shape(from).channels();
    String at = net.convolution(name + ".conv2d", joined, channels, 1, 1, true);
    if (scale != 1) {
      at = net.add(name + ".scale", new Operation.Scale(scale), at);
    }
    return net.add(name + ".add", new Operation.Add(), at, from);
  }

  String relu(String name, String from) {
    return net.add(name, new Operation.Relu(), from);
  }

  private int ours(int channels) {
    return channels * width / usual;
  }
}
