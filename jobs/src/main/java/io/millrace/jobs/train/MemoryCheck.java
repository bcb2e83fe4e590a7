package io.millrace.jobs.train;

import io.millrace.jobs.averaging.RoundMemory;
import io.millrace.jobs.spark.ProcessMemory;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.text.Amounts;

/**
 * Refuses a training that is sure not to fit before it begins, since it would fail in the middle.
 */
final class MemoryCheck {
  private static final long MB = 1L << 20;
  private static final long STEP = 100;
  // A heap that is nearly full spends its time on garbage collection.
  private static final double ROOM = 1.5;

  private MemoryCheck() {}

  /**
   * Checks the driver, whose process may run workers, too.
   *
   * @param onCpu whether arrays are in the machine's memory
   * @throws CannotException if it is too small
   */
  static void driver(RoundMemory needed, ProcessMemory there, boolean onCpu) {
    heap(needed, there, needed.ofDriver(there.tasks()));
    arrays(needed, there, onCpu);
  }

  /** The same for an executor. */
  static void executor(RoundMemory needed, ProcessMemory there, boolean onCpu) {
    heap(needed, there, needed.ofExecutor(there.tasks()));
    arrays(needed, there, onCpu);
  }

  private static void heap(RoundMemory needed, ProcessMemory there, long bytes) {
    if (bytes > there.heap()) {
      throw new CannotException(
          "train",
          "the heap of %s is %s and averaging needs more than %s of it (%d workers, each with a state of %s); set %s%dm, or use fewer workers or a smaller architecture"
              .formatted(
                  there.name(),
                  Amounts.memory(there.heap()),
                  Amounts.memory(bytes),
                  needed.workers(),
                  Amounts.memory(needed.state()),
                  there.heapKey(),
                  enough(bytes)));
    }
  }

  private static void arrays(RoundMemory needed, ProcessMemory there, boolean onCpu) {
    long bytes = needed.outside(there.tasks());
    if (onCpu && bytes > there.arrays()) {
      throw new CannotException(
          "train",
          "%s may hold %s of arrays outside its heap and the workers in it need more than %s (%s each for a minibatch); use a smaller batch, input or architecture, fewer workers, or %s"
              .formatted(
                  there.name(),
                  Amounts.memory(there.arrays()),
                  Amounts.memory(bytes),
                  Amounts.memory(needed.pass()),
                  there.arraysKey()));
    }
  }

  private static long enough(long bytes) {
    long megabytes = (long) (bytes * ROOM) / MB;
    return (megabytes / STEP + 1) * STEP;
  }
}
