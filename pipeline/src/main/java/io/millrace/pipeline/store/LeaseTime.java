package io.millrace.pipeline.store;

import java.time.Duration;

/** The clocks of a lease: the machine's, or those of a test. */
interface LeaseTime {
  /** The machine's clocks. */
  LeaseTime SYSTEM = new SystemLeaseTime();

  /** The time of a clock that is never set but may stop while the machine sleeps. */
  long nanos();

  /** The time of a clock that continues while the machine sleeps but may be set. */
  long millis();

  /** Waits. */
  void pause(Duration time);

  /** Runs a task again and again, first after one period, until it is stopped. */
  Pulse every(Duration period, Runnable task);

  /** A task that runs again and again. */
  @FunctionalInterface
  interface Pulse {
    /** Stops the task; if it is running, it is interrupted. */
    void stop();
  }
}
