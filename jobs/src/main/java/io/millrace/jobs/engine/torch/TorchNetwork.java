package io.millrace.jobs.engine.torch;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.engine.EngineChecks;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.Updater;
import io.millrace.jobs.loss.Loss;
import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.optimiser.Layout;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A network on libtorch. Any number of its passes may be open at once. */
final class TorchNetwork implements Network {
  private final Blueprint blueprint;
  private final TorchThreads threads;
  private final ScalarType type;
  private final TorchWeights weights;

  TorchNetwork(Blueprint blueprint, TorchThreads threads, long seed, ScalarType type) {
    this.blueprint = blueprint;
    this.threads = threads;
    this.type = type;
    threads.take();
    this.weights = new TorchWeights(blueprint, seed, type);
  }

  @Override
  public Blueprint blueprint() {
    return blueprint;
  }

  @Override
  public Pass forward(Map<String, Tensor> inputs, Mode mode) {
    return forward(inputs, mode, mode == Mode.TRAINING);
  }

  private Pass forward(Map<String, Tensor> inputs, Mode mode, boolean withInputGradient) {
    Map<String, FloatTensor> given = EngineChecks.inputs(blueprint, inputs);
    int examples = EngineChecks.examples(given);
    threads.take();
    return NativeScope.within(
        () -> {
          Map<String, org.bytedeco.pytorch.Tensor> tensors = new LinkedHashMap<>();
          given.forEach((name, floats) -> tensors.put(name, input(floats, withInputGradient)));
          Supplier<TorchPass> pass =
              () -> new TorchPass(blueprint, weights, threads, type, mode, tensors, examples);
          return mode == Mode.TRAINING ? pass.get() : NativeScope.withoutGradient(pass);
        });
  }

  private org.bytedeco.pytorch.Tensor input(FloatTensor floats, boolean withGradient) {
    org.bytedeco.pytorch.Tensor tensor = TorchArrays.of(floats.values(), type, floats.shape());
    tensor.requires_grad_(withGradient);
    return tensor;
  }

  @Override
  public void zeroGradient() {
    weights.zeroGradient();
  }

  @Override
  public float[] gradient() {
    float[] gradient = new float[weights.count()];
    weights.readGradient(gradient);
    return gradient;
  }

  @Override
  public Measures lossAndGradient(Minibatch batch, Loss loss) {
    zeroGradient();
    // The gradient of the input is nobody's here, and would cost a part of the backward pass.
    try (Pass pass = forward(batch.tensors(), Mode.TRAINING, false)) {
      String output = blueprint.output();
      Loss.Slope slope = loss.slope(pass.output(output), batch);
      pass.backward(Map.of(output, slope.gradient()));
      return slope.measures();
    }
  }

  @Override
  public Updater updater(Optimiser optimiser, Map<String, List<String>> groups) {
    Layout all = Layout.of(blueprint.tensors()).grouped(groups);
    return new TorchUpdater(optimiser.rule(all), weights);
  }

  @Override
  public State state() {
    return weights.state();
  }

  @Override
  public void restore(State state) {
    weights.restore(state);
  }

  @Override
  public void close() {
    weights.close();
  }

  /** Its weights and their gradient as libtorch holds them. */
  TorchWeights weights() {
    return weights;
  }
}
