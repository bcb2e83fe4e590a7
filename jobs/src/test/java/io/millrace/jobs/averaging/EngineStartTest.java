package io.millrace.jobs.averaging;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.feed.Minibatches;
import io.millrace.jobs.learner.Learner;
import io.millrace.jobs.learner.Supervised;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.testing.PlainEngine;
import io.millrace.jobs.testing.Points;
import io.millrace.jobs.testing.States;
import org.junit.jupiter.api.Test;

class EngineStartTest {
  /** On a cluster executors keep learners of an earlier training with the same network. */
  @Test
  void trainingStartsFromInitialWeightsDespiteCachedLearners() {
    BlueprintBuilder net = new BlueprintBuilder();
    String at = net.input(Points.INPUT, Shape.of(2));
    Blueprint blueprint = net.build(net.dense("out", at, 2, true));
    Supervised spec =
        new Supervised(
            PlainEngine.NAME, blueprint, new CrossEntropy(2), new Optimiser.Sgd(0, false), 1, 11);
    State first;
    try (Learner fresh = spec.learner()) {
      first = fresh.state();
    }
    try {
      LearnerPool.with(spec, EngineStartTest::trained);
      EngineStart start = EngineStart.on(0, spec, Averaging.By.MILLRACE, false);
      States.assertSameBits(start.state(), first);
    } finally {
      LearnerPool.close(spec);
    }
  }

  private static boolean trained(Learner learner) {
    try (Minibatches points = new Points(20).training(0, 0, 20, 5)) {
      while (points.hasNext()) {
        learner.step(points.next(), new Hyper(0.5, 0.9));
      }
    }
    return true;
  }
}
