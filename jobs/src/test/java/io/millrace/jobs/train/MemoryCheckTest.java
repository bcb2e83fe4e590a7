package io.millrace.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.averaging.RoundMemory;
import io.millrace.jobs.spark.ProcessMemory;
import io.millrace.pipeline.CannotException;
import org.junit.jupiter.api.Test;

/** What does not fit is refused before it begins, and what was seen to fit is not. */
class MemoryCheckTest {
  private static final long MB = 1L << 20;
  // A residual network of 64 to 512 channels with momentum.
  private static final RoundMemory SMALL = new RoundMemory(19 * MB, 37 * MB, 30 * MB, 2);
  // Twice the channels.
  private static final RoundMemory LARGE = new RoundMemory(74 * MB, 148 * MB, 100 * MB, 2);

  @Test
  void refusesHeapsThatFailedAndAcceptsThoseThatWorked() {
    assertThatThrownBy(() -> MemoryCheck.driver(SMALL, local(577, 2), true))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot train: the heap of the driver is 577.0 MiB and")
        .hasMessageContaining("MILLRACE_JAVA_OPTS=-Xmx900m");
    assertThatThrownBy(() -> MemoryCheck.driver(LARGE, local(2117, 2), true))
        .isInstanceOf(CannotException.class);
    assertThatCode(() -> MemoryCheck.driver(SMALL, local(673, 2), true)).doesNotThrowAnyException();
    assertThatCode(() -> MemoryCheck.driver(LARGE, local(2496, 2), true))
        .doesNotThrowAnyException();
  }

  @Test
  void fewerConcurrentWorkersNeedLess() {
    assertThat(SMALL.ofDriver(1)).isLessThan(SMALL.ofDriver(2)).isGreaterThan(SMALL.ofDriver(0));
    assertThat(SMALL.ofDriver(8)).as("no more workers than there are").isEqualTo(SMALL.ofDriver(2));
  }

  @Test
  void countsTheEndOfARoundForTwoWorkersOnly() {
    RoundMemory many = new RoundMemory(19 * MB, 37 * MB, 30 * MB, 32);
    long another = many.ofExecutor(32) - many.ofExecutor(31);
    assertThat(another).isEqualTo(3 * 19 * MB + 37 * MB);
  }

  @Test
  void refusesMinibatchesThatDoNotFitOffHeap() {
    ProcessMemory executor =
        new ProcessMemory(
            "an executor", 4096 * MB, 50 * MB, 2, "spark.executor.memory=", "more overhead");
    assertThatThrownBy(() -> MemoryCheck.executor(SMALL, executor, true))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("use a smaller batch")
        .hasMessageEndingWith("more overhead");
    assertThatCode(() -> MemoryCheck.executor(SMALL, executor, false)).doesNotThrowAnyException();
  }

  private static ProcessMemory local(long megabytes, int tasks) {
    return new ProcessMemory(
        "the driver", megabytes * MB, 8192 * MB, tasks, "MILLRACE_JAVA_OPTS=-Xmx", "more memory");
  }
}
