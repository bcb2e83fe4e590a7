package io.millrace.jobs.terminal;

import io.millrace.pipeline.job.JobContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** One piece of long work and how far it is; callable from any thread. */
final class TrackedProgress implements JobContext.Progress {
  private static final double NANOS = 1e9;

  private final String title;
  private final long total;
  private final String unit;
  private final LongSupplier nanos;
  private final Consumer<TrackedProgress> ended;
  private final long start;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong before = new AtomicLong();
  private final List<TrackedProgress> parts = new CopyOnWriteArrayList<>();
  private volatile String note = "";

  /**
   * @param total the units to do, or -1 if unknown
   * @param nanos the time in nanoseconds since any fixed moment
   * @param ended is called when the work ends
   */
  TrackedProgress(
      String title, long total, String unit, LongSupplier nanos, Consumer<TrackedProgress> ended) {
    this.title = title;
    this.total = total;
    this.unit = unit;
    this.nanos = nanos;
    this.ended = ended;
    this.start = nanos.getAsLong();
  }

  @Override
  public void advance(long n) {
    done.addAndGet(n);
  }

  @Override
  public void already(long n) {
    before.addAndGet(n);
    done.addAndGet(n);
  }

  @Override
  public void note(String text) {
    note = text;
  }

  @Override
  public JobContext.Progress part(String label, long share) {
    TrackedProgress part = new TrackedProgress(label, share, unit, nanos, parts::remove);
    parts.add(part);
    return part;
  }

  @Override
  public void close() {
    ended.accept(this);
  }

  /** Seconds since it began. */
  double seconds() {
    return (nanos.getAsLong() - start) / NANOS;
  }

  /** How far the work is now. */
  ProgressState state() {
    return new ProgressState(title, done.get(), before.get(), total, unit, seconds(), note);
  }

  /** How far those of its parts are that have not ended. */
  List<ProgressState> parts() {
    return parts.stream().map(TrackedProgress::state).toList();
  }
}
