package io.millrace.jobs.engine.torch;

import io.millrace.jobs.architecture.Operation.BatchNorm;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * What a batch norm found in a minibatch, until the backward pass moves the running statistics by
 * it.
 *
 * @param node the batch norm's name
 * @param mean {@code [channels]}
 * @param variance {@code [channels]}, divided by one less than the number of values
 * @param count of values in a channel
 */
record BatchStatistics(String node, BatchNorm operation, Tensor mean, Tensor variance, long count) {
  private static final String MEAN = ".running_mean";
  private static final String VARIANCE = ".running_var";

  /** Normalises by the running statistics. */
  static Tensor predict(String node, BatchNorm operation, Tensor input, TorchWeights weights) {
    return torch.batch_norm(
        input,
        new TensorOptional(weights.tensor(node + ".weight")),
        new TensorOptional(weights.tensor(node + ".bias")),
        new TensorOptional(weights.tensor(node + MEAN)),
        new TensorOptional(weights.tensor(node + VARIANCE)),
        false,
        0,
        operation.epsilon(),
        false);
  }

  /** Normalises by the minibatch, whose own statistics are written to mean and variance. */
  Tensor normalise(Tensor input, TorchWeights weights) {
    return torch.batch_norm(
        input,
        new TensorOptional(weights.tensor(node + ".weight")),
        new TensorOptional(weights.tensor(node + ".bias")),
        new TensorOptional(mean),
        new TensorOptional(variance),
        true,
        1,
        operation.epsilon(),
        false);
  }

  /** {@code (1 - momentum) * running + momentum * batch}, the variance divided by the count. */
  void moveRunning(TorchWeights weights) {
    move(weights.tensor(node + MEAN), mean, operation.momentum());
    // Of one value libtorch's variance is no number; ours is 0.
    double share = count == 1 ? 0 : operation.momentum() * (count - 1) / count;
    move(weights.tensor(node + VARIANCE), count == 1 ? mean : variance, share);
  }

  private void move(Tensor running, Tensor batch, double share) {
    running.mul_(new Scalar(1 - operation.momentum()));
    running.add_(batch, new Scalar(share));
  }

  void retain() {
    mean.retainReference();
    variance.retainReference();
  }

  void close() {
    mean.releaseReference();
    variance.releaseReference();
  }
}
