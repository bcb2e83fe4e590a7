package io.millrace.pipeline.store;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

final class SystemLeaseTime implements LeaseTime {
  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public long millis() {
    return System.currentTimeMillis();
  }

  @Override
  public void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  @Override
  public Pulse every(Duration period, Runnable task) {
    ScheduledExecutorService heart =
        Executors.newSingleThreadScheduledExecutor(
            beat -> {
              Thread thread = new Thread(beat, "millrace-lease");
              thread.setDaemon(true);
              return thread;
            });
    long nanos = period.toNanos();
    ScheduledFuture<?> beats = heart.scheduleAtFixedRate(task, nanos, nanos, TimeUnit.NANOSECONDS);
    return () -> {
      beats.cancel(true);
      heart.shutdownNow();
    };
  }
}
