package io.millrace.bench;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.Network;
import java.io.IOException;

/** A precision that a row of the benchmark computes in. */
enum EnginePrecision {
  FP32,
  BF16;

  /** Whether an engine offers it on this processor; a row in another precision is left out. */
  boolean isOffered(Engine engine) throws IOException {
    return this == FP32;
  }

  /** A network that computes in it. */
  Network network(Engine engine, Blueprint blueprint, int threads, long seed) {
    return engine.network(blueprint, threads, seed);
  }
}
