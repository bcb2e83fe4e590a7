package io.millrace.jobs.engine.torch;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.Node;
import io.millrace.jobs.architecture.Operation;
import io.millrace.jobs.engine.DropoutMask;
import io.millrace.jobs.engine.Network.Mode;
import io.millrace.jobs.engine.Network.Pass;
import io.millrace.jobs.tensor.DoubleTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * One pass of a network. Between forward and backward it keeps inputs, outputs and what batch norms
 * found; all else libtorch keeps for itself.
 */
final class TorchPass implements Pass {
  private final Blueprint blueprint;
  private final TorchWeights weights;
  private final TorchSettings settings;
  private final Mode mode;
  private final int examples;
  private final Map<String, Tensor> inputs;
  private final Map<String, io.millrace.jobs.tensor.Tensor> given;
  private final Map<String, Tensor> outputs = new LinkedHashMap<>();
  private final List<BatchStatistics> statistics = new ArrayList<>();
  private boolean open = true;
  private boolean used;

  /**
   * Runs forward.
   *
   * @param uses of the blueprint's values
   * @param inputs by name, which this pass retains and releases
   * @param given all that the minibatch has
   */
  TorchPass(
      Blueprint blueprint,
      ValueUses uses,
      TorchWeights weights,
      TorchSettings settings,
      Mode mode,
      Map<String, Tensor> inputs,
      Map<String, io.millrace.jobs.tensor.Tensor> given,
      int examples) {
    this.blueprint = blueprint;
    this.weights = weights;
    this.settings = settings;
    this.mode = mode;
    this.inputs = inputs;
    this.given = given;
    this.examples = examples;
    Map<String, Tensor> values = new LinkedHashMap<>(inputs);
    for (Node node : blueprint.nodes()) {
      values.put(node.name(), value(node, values, values.get(uses.overwrittenBy(node))));
      uses.freedAfter(node).forEach(name -> values.remove(name).close());
    }
    // Last of all, so that what an exception leaves behind is freed with the caller's scope.
    inputs.values().forEach(Tensor::retainReference);
    statistics.forEach(BatchStatistics::retain);
    blueprint.outputs().forEach(name -> outputs.put(name, values.get(name).retainReference()));
  }

  private Tensor value(Node node, Map<String, Tensor> values, Tensor over) {
    List<Tensor> from = node.inputs().stream().map(values::get).toList();
    if (node.operation() instanceof Operation.BatchNorm it) {
      return normalised(node.name(), it, from.get(0));
    }
    if (node.operation() instanceof Operation.Dropout) {
      return dropped(node, from.get(0));
    }
    return new TorchOperations(weights).value(node, from, over);
  }

  private Tensor dropped(Node node, Tensor in) {
    // In prediction a tensor of its own, since values are freed one by one.
    return mode == Mode.PREDICTION
        ? torch.mul(in, new Scalar(1))
        : torch.mul(in, settings.input(DropoutMask.of(node, given, examples)));
  }

  private Tensor normalised(String node, Operation.BatchNorm operation, Tensor in) {
    if (mode == Mode.PREDICTION) {
      return BatchStatistics.predict(node, operation, in, weights);
    }
    BatchStatistics found =
        new BatchStatistics(
            node,
            operation,
            settings.zeros(operation.channels()),
            settings.zeros(operation.channels()),
            in.numel() / operation.channels());
    statistics.add(found);
    return found.normalise(in, weights);
  }

  @Override
  public DoubleTensor output(String name) {
    checkOpen();
    int[] shape = blueprint.shape(name).batched(examples);
    return NativeScope.within(
        () -> new DoubleTensor(TorchArrays.doubles(outputs.get(name), size(shape)), shape));
  }

  @Override
  public Map<String, DoubleTensor> backward(Map<String, DoubleTensor> gradients) {
    checkOpen();
    if (mode != Mode.TRAINING || used) {
      throw new IllegalStateException("Cannot run backward: once only, and only in training mode");
    }
    used = true;
    settings.take();
    return NativeScope.within(
        () -> {
          differentiate(gradients);
          statistics.forEach(it -> it.moveRunning(weights));
          return inputGradients();
        });
  }

  private void differentiate(Map<String, DoubleTensor> gradients) {
    TensorVector ends = new TensorVector();
    TensorVector slopes = new TensorVector();
    gradients.forEach(
        (name, slope) -> {
          ends.push_back(outputs.get(name));
          slopes.push_back(settings.slope(slope, outputs.get(name)));
        });
    torch.backward(ends, slopes, new BoolOptional(false), false, new TensorVector());
  }

  private Map<String, DoubleTensor> inputGradients() {
    Map<String, DoubleTensor> found = new LinkedHashMap<>();
    inputs.forEach(
        (name, input) -> {
          if (input.requires_grad()) {
            int[] shape = blueprint.shape(name).batched(examples);
            // No gradient arrives at an input that none of the given outputs depends on.
            Tensor slope = input.grad();
            double[] values =
                slope.defined() ? TorchArrays.doubles(slope, size(shape)) : new double[size(shape)];
            found.put(name, new DoubleTensor(values, shape));
          }
        });
    return found;
  }

  private void checkOpen() {
    if (!open) {
      throw new IllegalStateException("Cannot use a pass that is closed");
    }
  }

  private static int size(int[] shape) {
    int size = 1;
    for (int side : shape) {
      size = Math.multiplyExact(size, side);
    }
    return size;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      inputs.values().forEach(Tensor::releaseReference);
      outputs.values().forEach(Tensor::releaseReference);
      statistics.forEach(BatchStatistics::close);
    }
  }
}
