package io.millrace.jobs.feed;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.IntTensor;
import io.millrace.jobs.tensor.Minibatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A minibatch to which pictures are added one by one, for pictures that are not in shards. It has
 * no targets and no labels. Not for use by several threads.
 */
public final class Stack implements AutoCloseable {
  private final InputShape input;
  private final Normaliser normaliser;
  private final Buffers buffers;
  private final float[] floats;
  private final List<String> ids = new ArrayList<>();

  /**
   * @param input the shape of every picture
   * @param batch how many pictures fit
   */
  public Stack(InputShape input, Normaliser normaliser, int batch) {
    this.input = input;
    this.normaliser = normaliser;
    this.floats = new float[input.size()];
    this.buffers = Buffers.borrow(Math.multiplyExact(batch, input.size()), 0);
  }

  /** How many pictures are in it. */
  public int size() {
    return ids.size();
  }

  /**
   * Adds a picture, normalised.
   *
   * @throws IllegalArgumentException if it has another shape
   */
  public void add(String id, Image image) {
    if (!input.equals(new InputShape(image.channels(), image.height(), image.width()))) {
      throw new IllegalArgumentException("picture " + id + " is not " + input);
    }
    normaliser.apply(image.pixels(), floats);
    buffers.images().put(ids.size() * floats.length, floats);
    ids.add(id);
  }

  /** The pictures as a minibatch; valid until {@link #clear}. */
  public Minibatch minibatch() {
    int[] labels = new int[ids.size()];
    Arrays.fill(labels, -1);
    FloatTensor images =
        new FloatTensor(
            buffers.images().duplicate().limit(ids.size() * floats.length),
            ids.size(),
            input.channels(),
            input.height(),
            input.width());
    return new Minibatch(
        ids, Map.of(Minibatch.IMAGES, images, Minibatch.LABELS, IntTensor.vector(labels)));
  }

  /** Removes all pictures. */
  public void clear() {
    ids.clear();
  }

  @Override
  public void close() {
    buffers.giveBack();
  }
}
