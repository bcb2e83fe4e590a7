package io.millrace.jobs.engine.torch;

import io.millrace.jobs.architecture.Node;
import io.millrace.jobs.architecture.Operation;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Translates operations to calls of libtorch's functions; all but batch norm and dropout, which a
 * pass computes itself since it remembers what each found. Nothing that is native is kept between
 * calls: what a scope made is not to be used after it.
 */
final class TorchOperations {
  private final TorchWeights weights;

  TorchOperations(TorchWeights weights) {
    this.weights = weights;
  }

  /**
   * The value of a node.
   *
   * @param inputs of the node, in its order
   * @param over the input that the result may be written over, and then is; null if there is none
   */
  Tensor value(Node node, List<Tensor> inputs, Tensor over) {
    Tensor in = inputs.get(0);
    Operation operation = node.operation();
    if (operation instanceof Operation.Convolution it) {
      return convolution(node, it, in);
    } else if (operation instanceof Operation.Relu) {
      return over == null ? torch.relu(in) : written(over, torch.relu_(over));
    } else if (operation instanceof Operation.Relu6) {
      return over == null ? torch.relu6(in) : written(over, torch.relu6_(over));
    } else if (operation instanceof Operation.LeakyRelu it) {
      Scalar slope = new Scalar(it.slope());
      return over == null
          ? torch.leaky_relu(in, slope)
          : written(over, torch.leaky_relu_(over, slope));
    } else if (operation instanceof Operation.Scale it) {
      return torch.mul(in, new Scalar(it.factor()));
    } else if (operation instanceof Operation.MaxPool it) {
      return torch.max_pool2d(
          in, square(it.kernel()), square(it.stride()), square(it.padding()), square(1), false);
    } else if (operation instanceof Operation.MeanPool it) {
      return torch.avg_pool2d(
          in, square(it.kernel()), square(it.stride()), square(it.padding()), false, false, null);
    } else if (operation instanceof Operation.AveragePool it) {
      return torch.adaptive_avg_pool2d(in, square(it.side()));
    } else if (operation instanceof Operation.Halve) {
      return torch.avg_pool2d(in, square(2), square(2), square(0), true, false, null);
    } else if (operation instanceof Operation.GlobalAverage) {
      return torch.mean(in, 2, 3);
    } else if (operation instanceof Operation.GlobalMax) {
      return torch.flatten(torch.adaptive_max_pool2d(in, 1, 1).get0(), 1, -1);
    } else if (operation instanceof Operation.Flatten) {
      return torch.flatten(in, 1, -1);
    } else if (operation instanceof Operation.Dense it) {
      return it.bias()
          ? torch.linear(in, weight(node), new TensorOptional(bias(node)))
          : torch.linear(in, weight(node));
    } else if (operation instanceof Operation.Add) {
      return sum(inputs, over);
    } else if (operation instanceof Operation.Concat) {
      return torch.cat(new TensorVector(inputs.toArray(Tensor[]::new)), 1);
    }
    throw new IllegalArgumentException("Cannot translate " + operation);
  }

  private static Tensor sum(List<Tensor> inputs, Tensor over) {
    List<Tensor> others = new ArrayList<>(inputs);
    Tensor sum = over == null ? inputs.get(0) : over;
    others.remove(sum);
    for (Tensor other : others) {
      sum = over == null ? torch.add(sum, other) : written(over, over.add_(other));
    }
    return sum;
  }

  /** Calls that write over a tensor also return one that must not be kept: it has no owner. */
  private static Tensor written(Tensor over, Tensor unused) {
    return over;
  }

  private Tensor convolution(Node node, Operation.Convolution it, Tensor in) {
    TensorOptional bias = it.bias() ? new TensorOptional(bias(node)) : new TensorOptional();
    int height = Math.toIntExact(in.size(2));
    int width = Math.toIntExact(in.size(3));
    int top = it.padding().before(height, it.kernelHeight(), it.stride());
    int bottom = it.padding().after(height, it.kernelHeight(), it.stride());
    int left = it.padding().before(width, it.kernelWidth(), it.stride());
    int right = it.padding().after(width, it.kernelWidth(), it.stride());
    boolean even = top == bottom && left == right;
    return torch.conv2d(
        // libtorch's convolutions pad both ends alike.
        even ? in : torch.constant_pad_nd(in, left, right, top, bottom),
        weight(node),
        bias,
        square(it.stride()),
        even ? new long[] {top, left} : square(0),
        square(1),
        it.groups());
  }

  private static long[] square(int side) {
    return new long[] {side, side};
  }

  private Tensor weight(Node node) {
    return weights.tensor(node.name() + ".weight");
  }

  private Tensor bias(Node node) {
    return weights.tensor(node.name() + ".bias");
  }
}
