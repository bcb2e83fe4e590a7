package io.millrace.jobs.engine.torch;

import io.millrace.jobs.optimiser.RuleState;
import org.bytedeco.pytorch.Tensor;

/**
 * One value for each weight, on the weights' device.
 *
 * @param tensor flat, owned by the weights
 */
record TorchBuffer(Tensor tensor) implements RuleState.Buffer {
  @Override
  public float[] read() {
    float[] values = new float[Math.toIntExact(tensor.numel())];
    NativeScope.run(() -> TorchArrays.read(tensor, values));
    return values;
  }

  @Override
  public void write(float[] values) {
    NativeScope.run(() -> TorchArrays.write(values, tensor));
  }
}
