package io.millrace.jobs.engine.torch;

import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.EngineContract;

class TorchEngineTest extends EngineContract {
  @Override
  protected Engine engine() {
    return new TorchEngine();
  }

  @Override
  protected double slopeError() {
    return 2e-3;
  }
}
