package io.millrace.pipeline.store;

import java.time.Duration;

/** The time that a lease lives in: the machine's, or one that a test moves. */
interface LeaseTime {
  /** The machine's. */
  LeaseTime SYSTEM = new SystemLeaseTime();

  /** Of a clock that nobody sets, and that may stand still while the machine sleeps. */
  long nanos();

  /** Of a clock that goes on while the machine sleeps, and that may be set. */
  long millis();

  /** Lets the time pass. */
  void pause(Duration time);

  /** Runs a task again and again, first after one period, until it is stopped. */
  Pulse every(Duration period, Runnable task);

  /** A task that runs again and again. */
  @FunctionalInterface
  interface Pulse {
    /** The task doesn't run any more; if it is running, it is interrupted. */
    void stop();
  }
}
