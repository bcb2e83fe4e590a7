package io.millrace.pipeline.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A time that passes only while all threads that live in it pause: however slow a machine is,
 * nobody is late. What is due runs in the thread that paused last, in the order of time.
 */
final class MovedTime implements LeaseTime {
  private final List<Alarm> alarms = new ArrayList<>();
  private int awake;
  private long now;

  /** Something that happens at a time: a task that comes again, or the end of a pause. */
  private static final class Alarm {
    private final long period;
    private final Runnable task;
    private long due;
    private boolean stopped;

    Alarm(long due, long period, Runnable task) {
      this.due = due;
      this.period = period;
      this.task = task;
    }
  }

  /**
   * @param threads how many live in it; each says when it {@link #leaves}
   */
  MovedTime(int threads) {
    this.awake = threads;
  }

  @Override
  public synchronized long nanos() {
    return now;
  }

  @Override
  public long millis() {
    return nanos() / 1_000_000;
  }

  @Override
  public synchronized void pause(Duration time) {
    boolean[] over = new boolean[1];
    alarms.add(
        new Alarm(
            now + time.toNanos(),
            0,
            () -> {
              over[0] = true;
              awake++;
            }));
    awake--;
    passWhileAllPause();
    while (!over[0]) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public synchronized Pulse every(Duration period, Runnable task) {
    Alarm alarm = new Alarm(now + period.toNanos(), period.toNanos(), task);
    alarms.add(alarm);
    return () -> {
      synchronized (this) {
        alarm.stopped = true;
      }
    };
  }

  /** A thread lives in it no longer. */
  synchronized void leaves() {
    awake--;
    passWhileAllPause();
  }

  private void passWhileAllPause() {
    while (awake == 0 && !alarms.isEmpty()) {
      Alarm next = alarms.stream().min(Comparator.comparingLong(alarm -> alarm.due)).orElseThrow();
      alarms.remove(next);
      if (next.stopped) {
        continue;
      }
      now = next.due;
      awake++;
      next.task.run();
      awake--;
      if (next.period > 0) {
        next.due = now + next.period;
        alarms.add(next);
      }
    }
    notifyAll();
  }
}
