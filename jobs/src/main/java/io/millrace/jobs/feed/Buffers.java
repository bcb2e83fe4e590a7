package io.millrace.jobs.feed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The direct memory of one minibatch, used again by later feeds of this process: allocating it is
 * expensive, and it is freed only when the garbage collector runs.
 */
final class Buffers {
  /** No memory. */
  static final Buffers NONE = new Buffers(FloatBuffer.allocate(0), FloatBuffer.allocate(0));

  private static final int KEPT_PER_SIZE = 64;
  private static final Map<Integer, Queue<FloatBuffer>> SPARE = new ConcurrentHashMap<>();

  private final FloatBuffer images;
  private final FloatBuffer targets;

  private Buffers(FloatBuffer images, FloatBuffer targets) {
    this.images = images;
    this.targets = targets;
  }

  /** Room for the normalised images. */
  FloatBuffer images() {
    return images;
  }

  /** Room for the targets. */
  FloatBuffer targets() {
    return targets;
  }

  static Buffers borrow(int images, int targets) {
    return new Buffers(spareOrNew(images), spareOrNew(targets));
  }

  void giveBack() {
    if (this != NONE) {
      keep(images);
      keep(targets);
    }
  }

  private static FloatBuffer spareOrNew(int floats) {
    Queue<FloatBuffer> spare = spare(floats);
    synchronized (spare) {
      FloatBuffer used = spare.poll();
      if (used != null) {
        return used;
      }
    }
    return direct(floats);
  }

  private static void keep(FloatBuffer buffer) {
    Queue<FloatBuffer> spare = spare(buffer.capacity());
    synchronized (spare) {
      if (spare.size() < KEPT_PER_SIZE) {
        spare.add(buffer);
      }
    }
  }

  private static Queue<FloatBuffer> spare(int floats) {
    return SPARE.computeIfAbsent(floats, size -> new ArrayDeque<>());
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
