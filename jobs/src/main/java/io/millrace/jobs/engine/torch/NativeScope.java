package io.millrace.jobs.engine.torch;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/**
 * Frees at its end what was allocated within, except what was retained. Without one, a step would
 * leave megabytes to the garbage collector, which does not see their size.
 */
final class NativeScope {
  private NativeScope() {}

  static <R> R within(Supplier<R> work) {
    NativeWork.begin();
    try {
      PointerScope scope = new PointerScope();
      try {
        return work.get();
      } finally {
        scope.close();
      }
    } finally {
      NativeWork.end();
    }
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
