package io.millrace.jobs.engine.torch;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.engine.EngineChecks;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.Precision;
import io.millrace.jobs.engine.Updater;
import io.millrace.jobs.loss.Loss;
import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.optimiser.Clipping;
import io.millrace.jobs.optimiser.Layout;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.tensor.DoubleTensor;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A network on libtorch. Any number of its passes may be open at once. */
final class TorchNetwork implements Network {
  private final Blueprint blueprint;
  private final ValueUses uses;
  private final TorchSettings settings;
  private final TorchWeights weights;
  private final LossScale scale = new LossScale();

  TorchNetwork(Blueprint blueprint, TorchSettings settings, long seed) {
    this.blueprint = blueprint;
    this.uses = new ValueUses(blueprint);
    this.settings = settings;
    settings.take();
    this.weights = new TorchWeights(blueprint, seed, settings);
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
    settings.take();
    return NativeScope.within(
        () -> {
          Map<String, org.bytedeco.pytorch.Tensor> tensors = new LinkedHashMap<>();
          given.forEach((name, floats) -> tensors.put(name, input(floats, withInputGradient)));
          Supplier<TorchPass> pass =
              () ->
                  settings.computing(
                      () ->
                          new TorchPass(
                              blueprint, uses, weights, settings, mode, tensors, inputs, examples));
          return mode == Mode.TRAINING ? pass.get() : NativeScope.withoutGradient(pass);
        });
  }

  private org.bytedeco.pytorch.Tensor input(FloatTensor floats, boolean withGradient) {
    org.bytedeco.pytorch.Tensor tensor = settings.input(floats);
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
      pass.backward(Map.of(output, scaled(slope.gradient())));
      unscale();
      return slope.measures();
    }
  }

  private DoubleTensor scaled(DoubleTensor slope) {
    return settings.precision() == Precision.FP16
        ? new DoubleTensor(
            Arrays.stream(slope.values()).map(it -> it * scale.scale()).toArray(), slope.shape())
        : slope;
  }

  private void unscale() {
    if (settings.precision() == Precision.FP16 && !scale.unscale(weights)) {
      weights.markOverflow();
    }
  }

  @Override
  public void clipGradient(Clipping clipping, List<Layout.Part> parts) {
    settings.take();
    NativeScope.run(() -> TorchClipping.clip(clipping, weights.gradient(), parts));
  }

  @Override
  public Updater updater(Optimiser optimiser, Map<String, List<String>> groups) {
    Layout all = Layout.of(blueprint.tensors()).grouped(groups);
    return FlatUpdater.knows(optimiser)
        ? new FlatUpdater(optimiser, all, weights, settings)
        : new CopyUpdater(optimiser.rule(all), weights);
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
