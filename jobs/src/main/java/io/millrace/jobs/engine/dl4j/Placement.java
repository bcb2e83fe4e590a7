package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.engine.gpu.Gpus;
import java.util.OptionalInt;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The threads and the GPU of a network's passes. They are set for the calling thread only, so that
 * workers in one process don't disturb each other.
 *
 * @param threads of OpenMP
 * @param gpu its number among those that ND4J sees; empty on the CPU
 */
record Placement(int threads, OptionalInt gpu) {
  /** The placement of this thread's task. */
  static Placement ofTask(int threads) {
    return new Placement(
        threads,
        Backend.here() == Backend.CUDA
            ? OptionalInt.of(Gpus.ofTask(Backend.CODE))
            : OptionalInt.empty());
  }

  /** Sets it for all later computations of this thread. */
  void take() {
    if (gpu.isPresent()) {
      Nd4j.getAffinityManager().unsafeSetDevice(gpu.getAsInt());
    } else {
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    }
  }
}
