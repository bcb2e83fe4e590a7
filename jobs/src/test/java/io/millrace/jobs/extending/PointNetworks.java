package io.millrace.jobs.extending;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Operation;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.feed.Minibatches;
import io.millrace.jobs.learner.Supervised;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.testing.PlainEngine;
import io.millrace.jobs.testing.Points;

/** Small networks on points of a plane, by which pages are tried. */
final class PointNetworks {
  static final Optimiser SGD = new Optimiser.Sgd(0, false);
  static final Optimiser ADAM = new Optimiser.Adam(0.999, 1e-8, 0, false);
  static final int CLASSES = 2;
  static final int BATCH = 4;

  private PointNetworks() {}

  /** Two linear maps, {@code hidden} and {@code out}. */
  static Blueprint network() {
    BlueprintBuilder net = new BlueprintBuilder();
    String at = net.input(Points.INPUT, Shape.of(2));
    at = net.dense("hidden", at, 5, true);
    at = net.add("relu", new Operation.Relu(), at);
    return net.build(net.dense("out", at, CLASSES, true));
  }

  /** One convolution and a linear map. */
  static Blueprint convolution() {
    BlueprintBuilder net = BlueprintBuilder.ofImages(2, 6, 6);
    String at = net.convolution("conv", Blueprint.IMAGES, 3, 3, 1, true);
    at = net.add("flat", new Operation.Flatten(), at);
    return net.build(net.dense("out", at, CLASSES, true));
  }

  static Supervised classifier(Optimiser optimiser) {
    return new Supervised(PlainEngine.NAME, network(), new CrossEntropy(CLASSES), optimiser, 1, 3);
  }

  /** The first minibatch. */
  static Minibatch batch(Points points) {
    try (Minibatches batches = points.training(0, 0, points.size(), BATCH)) {
      return batches.next();
    }
  }
}
