package io.millrace.jobs.engine.torch;

import io.millrace.jobs.optimiser.Optimiser;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;

/**
 * libtorch's fused kernels of optimisers, which its Java binding does not name: they are called
 * through the dispatcher, with the arguments in the order of their schemas. All pointers belong to
 * the caller's scope.
 */
final class FusedSteps {
  private FusedSteps() {}

  /** {@code aten::_fused_sgd_}, changing weights and momentum. */
  static void sgd(Optimiser.Sgd sgd, Slice slice) {
    double momentum = slice.momentum();
    IValueVector arguments = new IValueVector();
    arguments.push_back(list(slice.weights()));
    arguments.push_back(list(slice.gradient()));
    // Without momentum, the buffer is left alone and must not be given.
    arguments.push_back(momentum == 0 ? list() : list(slice.buffers().get(0)));
    arguments.push_back(new IValue(slice.decay()));
    arguments.push_back(new IValue(momentum));
    arguments.push_back(new IValue(slice.rate()));
    arguments.push_back(new IValue(sgd.dampened() ? momentum : 0.0));
    arguments.push_back(new IValue(sgd.nesterov()));
    arguments.push_back(new IValue(false));
    // A buffer of zeros makes the first step come out of the general rule.
    arguments.push_back(new IValue(false));
    call("aten::_fused_sgd_", arguments);
  }

  /**
   * {@code aten::_fused_adam_} or {@code aten::_fused_adamw_}, changing weights and both averages.
   *
   * @param step the number of this step, from 1, on the device
   */
  static void adam(Optimiser.Adam adam, Slice slice, Tensor step) {
    IValueVector arguments = new IValueVector();
    arguments.push_back(list(slice.weights()));
    arguments.push_back(list(slice.gradient()));
    arguments.push_back(list(slice.buffers().get(0)));
    arguments.push_back(list(slice.buffers().get(1)));
    arguments.push_back(list());
    arguments.push_back(list(step));
    arguments.push_back(new IValue(slice.rate()));
    arguments.push_back(new IValue(slice.momentum()));
    arguments.push_back(new IValue(adam.beta2()));
    arguments.push_back(new IValue(slice.decay()));
    arguments.push_back(new IValue(adam.eps()));
    arguments.push_back(new IValue(false));
    arguments.push_back(new IValue(false));
    call(adam.decoupled() ? "aten::_fused_adamw_" : "aten::_fused_adam_", arguments);
  }

  private static IValue list(Tensor... tensors) {
    GenericList list = new GenericList(new Type.TypePtr(TensorType.get()));
    for (Tensor tensor : tensors) {
      list.push_back(new IValue(tensor));
    }
    return new IValue(list);
  }

  private static void call(String name, IValueVector arguments) {
    // Neither scaled gradients nor a flag for those that overflowed.
    arguments.push_back(new IValue());
    arguments.push_back(new IValue());
    Dispatcher dispatcher = Dispatcher.singleton();
    dispatcher.callBoxed(dispatcher.findSchemaOrThrow(name, ""), arguments);
  }
}
