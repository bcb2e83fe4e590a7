package io.millrace.jobs.engine;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.loss.Loss;
import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.optimiser.Clipping;
import io.millrace.jobs.optimiser.Layout;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.tensor.DoubleTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A network of one engine: a differentiable function with weights. It keeps one gradient of all its
 * trainable weights, to which backward passes add. Not for use by several threads.
 */
public interface Network extends AutoCloseable {
  /** The blueprint that it was built from. */
  Blueprint blueprint();

  /**
   * A forward pass from the inputs to the outputs.
   *
   * @param inputs by the blueprint's names, each {@code [N, ...]}; in training mode also {@link
   *     Minibatch#DRAWS} if the network has dropout; others are ignored
   * @throws IllegalArgumentException if an input is missing or of another shape
   */
  Pass forward(Map<String, Tensor> inputs, Mode mode);

  /** Sets the gradient of the weights to 0. */
  void zeroGradient();

  /** The gradient of the trainable weights, copied, in canonical order. */
  float[] gradient();

  /**
   * One forward and one backward pass in training mode: running statistics change, and the gradient
   * of the weights becomes that of the mean loss. Engines that have this loss as a layer compute
   * both in one step.
   *
   * @param batch with the network's inputs and what the loss needs
   * @return sums over the minibatch, before any step; not finite when training has diverged
   */
  default Measures lossAndGradient(Minibatch batch, Loss loss) {
    zeroGradient();
    try (Pass pass = forward(batch.tensors(), Mode.TRAINING)) {
      String output = blueprint().output();
      Loss.Slope slope = loss.slope(pass.output(output), batch);
      pass.backward(Map.of(output, slope.gradient()));
      return slope.measures();
    }
  }

  /**
   * The network's only output in prediction mode, such as class probabilities.
   *
   * @param batch with the network's inputs
   * @return {@code [N, ...]} as the loss reads it, row-major
   */
  default float[] predict(Minibatch batch, Loss loss) {
    try (Pass pass = forward(batch.tensors(), Mode.PREDICTION)) {
      return loss.predictions(pass.output(blueprint().output()));
    }
  }

  /**
   * Clips the gradient of the weights, on their device, before a step.
   *
   * @param parts the tensors that move, of a layout of all trainable weights
   */
  void clipGradient(Clipping clipping, List<Layout.Part> parts);

  /**
   * An optimiser of these weights, on their device, in its initial state.
   *
   * @param groups layers with learning rates of their own: prefixes of tensors' names by group
   * @throws IllegalArgumentException if a group matches no tensor or two groups match the same
   */
  Updater updater(Optimiser optimiser, Map<String, List<String>> groups);

  /** Weights and running statistics (no optimiser state), copied, in canonical order. */
  State state();

  /**
   * Replaces weights and running statistics.
   *
   * @throws IllegalArgumentException if tensors are missing, surplus or of other shapes; the
   *     message lists all differences, and nothing has changed
   */
  void restore(State state);

  @Override
  void close();

  /** What a pass is for. */
  enum Mode {
    /**
     * Batch norm uses the minibatch's statistics; its running statistics change in the backward
     * pass. Dropout leaves out what the minibatch's draws say ({@link DropoutMask}).
     */
    TRAINING,
    /** Batch norm uses its running statistics, and dropout does nothing. */
    PREDICTION
  }

  /**
   * A forward pass that remembers what its backward pass needs. Several may be open at once if the
   * engine supports it.
   */
  interface Pass extends AutoCloseable {
    /**
     * The values of an output.
     *
     * @param name of an output of the blueprint
     * @return {@code [N, ...]}, valid until the pass is closed
     */
    DoubleTensor output(String name);

    /**
     * Adds to the gradient of the weights: one vector-Jacobian product. To be called once, and only
     * in training mode.
     *
     * @param gradients with respect to outputs, by name; a missing output counts as 0
     * @return the gradient with respect to each floating-point input, by name; empty where the
     *     engine {@linkplain Ability#INPUT_GRADIENT can't give it}
     */
    Map<String, DoubleTensor> backward(Map<String, DoubleTensor> gradients);

    @Override
    void close();
  }
}
