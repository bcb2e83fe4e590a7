package io.millrace.jobs.testing;

import io.millrace.jobs.feed.Examples;
import io.millrace.jobs.feed.FeedTimes;
import io.millrace.jobs.feed.Minibatches;
import io.millrace.jobs.random.Bits;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.IntTensor;
import io.millrace.jobs.tensor.Minibatch;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Points of a plane as the input {@code points}, of class 1 within the unit circle and of class 0
 * outside of it, in an order that the epoch shifts.
 *
 * @param size how many
 * @param poisoned a position of every epoch whose point is no number; -1 for none
 */
public record Points(long size, long poisoned) implements Examples {
  /** What networks call their input. */
  public static final String INPUT = "points";

  private static final int CLASSES = 2;

  /** All of them numbers. */
  public Points(long size) {
    this(size, -1);
  }

  @Override
  public Minibatches training(int epoch, long from, long to, int batch) {
    return new Run(epoch, from, to, batch);
  }

  @Override
  public Minibatches inOrder(long from, long to, int batch) {
    return new Run(0, from, to, batch);
  }

  @Override
  public String unit() {
    return "points";
  }

  @Override
  public String described() {
    return "2";
  }

  @Override
  public void release() {}

  private final class Run implements Minibatches {
    private final int epoch;
    private final long to;
    private final int batch;
    private long next;

    private Run(int epoch, long from, long to, int batch) {
      this.epoch = epoch;
      this.to = to;
      this.batch = batch;
      this.next = from;
    }

    @Override
    public boolean hasNext() {
      return next < to;
    }

    @Override
    public Minibatch next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      int count = (int) Math.min(batch, to - next);
      List<String> ids = new ArrayList<>();
      float[] points = new float[2 * count];
      float[] targets = new float[CLASSES * count];
      int[] labels = new int[count];
      for (int i = 0; i < count; i++, next++) {
        long point = (next + 7L * epoch) % size;
        ids.add("point#" + point);
        points[2 * i] = coordinate(point, 0);
        points[2 * i + 1] = coordinate(point, 1);
        labels[i] = Math.hypot(points[2 * i], points[2 * i + 1]) < 1 ? 1 : 0;
        targets[CLASSES * i + labels[i]] = 1;
        if (next == poisoned) {
          points[2 * i] = Float.NaN;
        }
      }
      return new Minibatch(
          ids,
          Map.of(
              INPUT,
              new FloatTensor(FloatBuffer.wrap(points), count, 2),
              Minibatch.TARGETS,
              new FloatTensor(FloatBuffer.wrap(targets), count, CLASSES),
              Minibatch.LABELS,
              IntTensor.vector(labels)));
    }

    private static float coordinate(long point, int axis) {
      return (float) (3 * Bits.unit(Bits.absorb(Bits.absorb(axis, 17), point)) - 1.5);
    }

    @Override
    public FeedTimes times() {
      return FeedTimes.NONE;
    }

    @Override
    public void close() {}
  }
}
