package io.millrace.jobs.feed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The direct memory of one minibatch, used again by later feeds of this process: direct memory is
 * dear to get and goes back only when the collector runs.
 */
final class Buffers {
  /** No memory. */
  static final Buffers NONE = new Buffers(FloatBuffer.allocate(0), FloatBuffer.allocate(0));

  private static final int KEPT_PER_SIZE = 64;
  private static final Map<Sizes, Queue<Buffers>> SPARE = new ConcurrentHashMap<>();

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
    Queue<Buffers> spare = spare(images, targets);
    synchronized (spare) {
      Buffers used = spare.poll();
      if (used != null) {
        return used;
      }
    }
    return new Buffers(direct(images), direct(targets));
  }

  void giveBack() {
    Queue<Buffers> spare = spare(images.capacity(), targets.capacity());
    synchronized (spare) {
      if (this != NONE && spare.size() < KEPT_PER_SIZE) {
        spare.add(this);
      }
    }
  }

  private static Queue<Buffers> spare(int images, int targets) {
    return SPARE.computeIfAbsent(new Sizes(images, targets), sizes -> new ArrayDeque<>());
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  private record Sizes(int images, int targets) {}
}
