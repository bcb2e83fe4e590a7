package io.millrace.jobs.engine.torch;

import io.millrace.pipeline.CannotException;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/**
 * Frees at its end what was allocated within, except what was retained. Without one, a step would
 * leave megabytes to the garbage collector, which does not see their size.
 */
final class NativeScope {
  private static final String GPU_MEMORY = "CUDA out of memory";

  private NativeScope() {}

  static <R> R within(Supplier<R> work) {
    NativeWork.begin();
    try {
      PointerScope scope = new PointerScope();
      try {
        return work.get();
      } catch (RuntimeException e) {
        throw failure(e);
      } finally {
        scope.close();
      }
    } finally {
      NativeWork.end();
    }
  }

  /** libtorch's own sentence is followed by pages of its inner state. */
  private static RuntimeException failure(RuntimeException thrown) {
    String message = thrown.getMessage();
    return message != null && message.startsWith(GPU_MEMORY)
        ? new CannotException(
            "compute on the GPU",
            "its memory is full; use a smaller batch, input or architecture, or fewer workers on one GPU",
            thrown)
        : thrown;
  }

  static void run(Runnable work) {
    within(
        () -> {
          work.run();
          return null;
        });
  }

  /** With nothing kept for a backward pass. */
  static <R> R withoutGradient(Supplier<R> work) {
    NoGradGuard guard = new NoGradGuard();
    try {
      return work.get();
    } finally {
      guard.close();
    }
  }
}
