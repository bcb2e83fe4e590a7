package io.millrace.jobs.architecture.catalogue;

import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Operation;

/** The residual block of {@link ResNet}, which says what it is. */
final class ResidualBlock {
  private ResidualBlock() {}

  /**
   * Adds a block and returns the name of its last node.
   *
   * @param name of the block, before its nodes' own
   * @param kernel of both convolutions
   * @param stride of the second convolution, 1 or 2
   */
  static String add(
      BlueprintBuilder net, String name, String from, int out, int kernel, int stride) {
    String at = net.convolution(name + ".conv1", from, out, kernel, 1, false);
    at = net.batchNorm(name + ".norm1", at, 1);
    at = net.add(name + ".relu1", new Operation.Relu(), at);
    at = net.convolution(name + ".conv2", at, out, kernel, stride, false);
    // With this gain of 0, the block initially gives only what its shortcut gives.
    at = net.batchNorm(name + ".norm2", at, 0);
    String shortcut = from;
    if (stride == 2) {
      shortcut = net.add(name + ".halve", new Operation.Halve(), shortcut);
    }
    if (net.shape(from).channels() != out) {
      shortcut = net.convolution(name + ".shortcut", shortcut, out, 1, 1, true);
    }
    at = net.add(name + ".add", new Operation.Add(), at, shortcut);
    return net.add(name + ".relu2", new Operation.Relu(), at);
  }
}
