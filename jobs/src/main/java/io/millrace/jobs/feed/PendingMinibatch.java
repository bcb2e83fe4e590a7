package io.millrace.jobs.feed;

import io.millrace.jobs.random.Bits;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.IntTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A minibatch that is being made: threads take it slice by slice, and it is done when every slice
 * is. The threads that make it and the one that waits for it share this object.
 */
final class PendingMinibatch {
  private final Buffers buffers;
  private final long first;
  private final List<PlacedPicture> neighbourhood;
  private final int offset;
  private final int size;
  private int assigned;
  private int done;
  private Spent spent;
  private Throwable failure;

  /**
   * @param buffers for its floats
   * @param first position in the epoch
   * @param neighbourhood its pictures, with those before and after that they may be mixed with
   * @param offset of its first picture in the neighbourhood
   * @param size how many pictures are its own
   * @param reading nanoseconds that reading the pictures took
   */
  PendingMinibatch(
      Buffers buffers,
      long first,
      List<PlacedPicture> neighbourhood,
      int offset,
      int size,
      long reading) {
    this.buffers = buffers;
    this.first = first;
    this.neighbourhood = neighbourhood;
    this.offset = offset;
    this.size = size;
    this.spent = new Spent(reading, 0, 0);
  }

  /** Marks the end, after the last minibatch. */
  static PendingMinibatch end(Spent spent) {
    PendingMinibatch end = new PendingMinibatch(Buffers.NONE, 0, List.of(), 0, 0, 0);
    end.spent = spent;
    return end;
  }

  /** Marks a failure, where no further minibatch can be made. */
  static PendingMinibatch failed(Buffers buffers, Throwable failure) {
    PendingMinibatch failed = new PendingMinibatch(buffers, 0, List.of(), 0, 0, 0);
    failed.failure = failure;
    return failed;
  }

  boolean isEnd() {
    return size == 0;
  }

  boolean isAssigned() {
    return assigned == size;
  }

  /** The next slice of at most so many pictures; called by one thread at a time. */
  Slice nextSlice(int most) {
    int from = assigned;
    assigned = Math.min(size, from + most);
    return new Slice(this, from, assigned);
  }

  Buffers buffers() {
    return buffers;
  }

  long first() {
    return first;
  }

  int size() {
    return size;
  }

  /** Picture number {@code index} of the minibatch, of 0..size-1. */
  PlacedPicture found(int index) {
    return neighbourhood.get(offset + index);
  }

  /**
   * The index of the picture that it is mixed with: the other of its pair; empty if there is none.
   */
  Optional<Integer> partner(int index) {
    long position = first + index;
    int partner = (int) ((position ^ 1) - first);
    int place = offset + partner;
    return place < 0 || place >= neighbourhood.size() ? Optional.empty() : Optional.of(partner);
  }

  /** Records that so many pictures are done. */
  synchronized void add(int pictures, Spent took) {
    done += pictures;
    spent = spent.plus(took);
    notifyAll();
  }

  synchronized void fail(Throwable why) {
    failure = failure == null ? why : failure;
    notifyAll();
  }

  /**
   * Waits until it is done.
   *
   * @throws RuntimeException the error that prevented it
   */
  synchronized void await() throws InterruptedException {
    while (done < size && failure == null) {
      wait();
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    } else if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  synchronized Spent spent() {
    return spent;
  }

  /**
   * The minibatch, once it is done.
   *
   * @param drawn the training's seed and epoch as a state of {@link Bits}
   */
  Minibatch minibatch(InputShape input, int classes, long drawn) {
    int[] draws = new int[size];
    int[] labels = new int[size];
    String[] ids = new String[size];
    for (int i = 0; i < size; i++) {
      Picture picture = found(i).picture();
      ids[i] = picture.id();
      labels[i] = picture.label();
      draws[i] = (int) (Bits.absorb(drawn, Bits.idHash(ids[i])) >>> Integer.SIZE);
    }
    FloatTensor images =
        new FloatTensor(
            part(buffers.images(), size * input.size()),
            size,
            input.channels(),
            input.height(),
            input.width());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(Minibatch.IMAGES, images);
    if (classes > 0) {
      tensors.put(
          Minibatch.TARGETS,
          new FloatTensor(part(buffers.targets(), size * classes), size, classes));
    }
    tensors.put(Minibatch.LABELS, IntTensor.vector(labels));
    tensors.put(Minibatch.DRAWS, IntTensor.vector(draws));
    return new Minibatch(List.of(ids), tensors);
  }

  private static FloatBuffer part(FloatBuffer buffer, int length) {
    return buffer.duplicate().limit(length);
  }

  /**
   * Pictures {@code from} to {@code to}, excluded, of a minibatch.
   *
   * @param pending the minibatch
   */
  record Slice(PendingMinibatch pending, int from, int to) {}
}
