package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.engine.Network.Mode;
import io.millrace.jobs.engine.Network.Pass;
import io.millrace.jobs.tensor.DoubleTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A graph without a loss; any nodes may be its outputs, and their gradients are given from outside.
 * One pass may be open at a time, and the graph gives no gradient of its inputs.
 */
final class OpenGraph implements AutoCloseable {
  private final ComputationGraph graph;
  private final Blueprint blueprint;
  private final GraphWeights weights;
  private final DataType type;
  private final Runnable passClosed;

  /**
   * @param graph without a loss; closed with this object
   * @param passClosed called when a pass is closed
   */
  OpenGraph(
      ComputationGraph graph,
      Blueprint blueprint,
      GraphWeights weights,
      DataType type,
      Runnable passClosed) {
    this.graph = graph;
    this.blueprint = blueprint;
    this.weights = weights;
    this.type = type;
    this.passClosed = passClosed;
  }

  Pass forward(INDArray[] inputs, int examples, Mode mode) {
    Map<String, DoubleTensor> outputs = new LinkedHashMap<>();
    boolean training = mode == Mode.TRAINING;
    if (training || blueprint.outputs().size() > 1) {
      Map<String, INDArray> all = graph.feedForward(inputs, training, false);
      for (String name : blueprint.outputs()) {
        outputs.put(name, values(name, all.get(name), examples));
      }
    } else {
      String name = blueprint.output();
      outputs.put(name, values(name, graph.output(false, inputs)[0], examples));
    }
    return new OpenPass(outputs, examples, mode);
  }

  private DoubleTensor values(String name, INDArray array, int examples) {
    int[] shape = blueprint.shape(name).batched(examples);
    return new DoubleTensor(array.dup('c').data().asDouble(), shape);
  }

  @Override
  public void close() {
    graph.close();
  }

  private final class OpenPass implements Pass {
    private final Map<String, DoubleTensor> outputs;
    private final int examples;
    private final Mode mode;
    private boolean used;

    private OpenPass(Map<String, DoubleTensor> outputs, int examples, Mode mode) {
      this.outputs = outputs;
      this.examples = examples;
      this.mode = mode;
    }

    @Override
    public DoubleTensor output(String name) {
      return outputs.get(name);
    }

    @Override
    public Map<String, DoubleTensor> backward(Map<String, DoubleTensor> gradients) {
      if (mode != Mode.TRAINING || used) {
        throw new IllegalStateException(
            "Cannot run the backward pass: it runs once, before the pass is closed, and only in"
                + " training mode");
      }
      used = true;
      INDArray[] errors = new INDArray[blueprint.outputs().size()];
      for (int i = 0; i < errors.length; i++) {
        String name = blueprint.outputs().get(i);
        errors[i] = array(blueprint.shape(name), gradients.get(name));
      }
      graph.backpropGradient(errors);
      Floats left = Floats.of(graph.getFlattenedGradients());
      float[] slopes = new float[left.length()];
      left.read(slopes);
      weights.backward(slopes, 1, true);
      return Map.of();
    }

    private INDArray array(Shape shape, DoubleTensor gradient) {
      long[] sides = Arrays.stream(shape.batched(examples)).asLongStream().toArray();
      return gradient == null
          ? Nd4j.zeros(type, sides)
          : Nd4j.createFromArray(gradient.values()).castTo(type).reshape(sides);
    }

    @Override
    public void close() {
      used = true;
      graph.clear();
      passClosed.run();
    }
  }
}
