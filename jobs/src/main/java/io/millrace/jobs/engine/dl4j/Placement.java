package io.millrace.jobs.engine.dl4j;

import java.util.OptionalInt;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * What the passes of a network take of the machine. It belongs to the calling thread: workers side
 * by side don't disturb each other.
 *
 * @param threads of OpenMP
 * @param gpu its number among those that ND4J sees; empty on the CPU
 */
record Placement(int threads, OptionalInt gpu) {
  /** That of the task on this thread. */
  static Placement ofTask(int threads) {
    return new Placement(
        threads,
        Backend.here() == Backend.CUDA ? OptionalInt.of(Gpus.ofTask()) : OptionalInt.empty());
  }

  /** Has what this thread computes from now on done there. */
  void take() {
    if (gpu.isPresent()) {
      Nd4j.getAffinityManager().unsafeSetDevice(gpu.getAsInt());
    } else {
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    }
  }
}
