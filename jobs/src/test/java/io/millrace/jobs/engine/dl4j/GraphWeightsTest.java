package io.millrace.jobs.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.catalogue.ResNet;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.optimiser.Layout;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.optimiser.UpdateRule;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class GraphWeightsTest {
  /** Batch norm's statistics and the weights both move in a step; they are copied together. */
  @Test
  void stepWritesTheStateToTheGraphOnce() {
    Natives.start();
    Blueprint net = new ResNet(List.of(4)).blueprint(1, 4, 4, 2);
    ComputationGraph graph = GraphTranslation.graph(net, DataType.FLOAT, true);
    try {
      ParameterLayout layout = ParameterLayout.of(net, graph);
      Counted floats = new Counted(Math.toIntExact(graph.numParams()));
      GraphWeights weights = new GraphWeights(layout, floats, 1);
      weights.ready();
      assertThat(floats.writes).isEqualTo(1);
      UpdateRule rule = new Optimiser.Sgd(0, false).rule(Layout.of(net.tensors()));
      for (int step = 1; step <= 3; step++) {
        weights.ready();
        float[] slopes = new float[floats.length];
        slopes[0] = step;
        weights.backward(slopes, 1, false);
        rule.update(weights.weights(), weights.gradient(), new Hyper(0.1, 0.9));
        weights.moved();
        assertThat(floats.writes).isEqualTo(step);
        weights.state();
      }
      weights.ready();
      weights.ready();
      assertThat(floats.writes).isEqualTo(4);
    } finally {
      graph.close();
    }
  }

  /** The graph's array, which counts how often it is written as a whole. */
  private static final class Counted implements Floats {
    final int length;
    int writes;

    Counted(int length) {
      this.length = length;
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public void read(float[] into) {}

    @Override
    public void write(float[] from) {
      writes++;
    }
  }
}
