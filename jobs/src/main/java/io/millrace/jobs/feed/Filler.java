package io.millrace.jobs.feed;

import io.millrace.jobs.augment.Augmenter;
import io.millrace.jobs.augment.Draws;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.random.Bits;
import io.millrace.jobs.shard.Picture;
import io.millrace.pipeline.CannotException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes one minibatch after the other: finds the pictures, augments, normalises. */
final class Filler {
  /** Positions looked up together, so that each row group is asked for once among them. */
  private static final int LOOKAHEAD = 4096;

  private final Recipe recipe;
  private final Order order;
  private final int epoch;
  private final long to;
  private final int batch;
  private final Augmenter augmenter;
  private final float[] pixels;
  private final Making making = new Making();
  private Picture[] pictures = {};
  private long picturesFrom;
  private long position;

  Filler(Recipe recipe, Order order, int epoch, long from, long to, int batch) {
    if (batch < 1 || from < 0 || to < from || to > recipe.view().size()) {
      throw new IllegalArgumentException(
          "Cannot feed positions %d to %d of %d in minibatches of %d"
              .formatted(from, to, recipe.view().size(), batch));
    }
    InputShape input = recipe.input();
    if (recipe.normaliser().channels() != input.channels()) {
      throw new CannotException(
          "normalise images of " + input.channels() + " channels",
          "the statistics are of "
              + recipe.normaliser().channels()
              + "; compute them over the same dataset");
    }
    this.recipe = recipe;
    this.order = order;
    this.epoch = epoch;
    this.position = from;
    this.picturesFrom = from;
    this.to = to;
    this.batch = batch;
    this.augmenter = new Augmenter(recipe.chain(), input.channels(), recipe.levels());
    this.pixels = new float[input.size()];
  }

  Buffers borrow() {
    return Buffers.borrow(batch * recipe.input().size(), batch * recipe.classes());
  }

  boolean hasNext() {
    return position < to;
  }

  /** What has been spent so far. */
  FeedTimes spent() {
    return making.times();
  }

  Minibatch fill(Buffers buffers) {
    long start = System.nanoTime();
    int size = (int) Math.min(batch, to - position);
    List<String> ids = new ArrayList<>(size);
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      Picture picture = picture(position + i);
      ids.add(picture.id());
      labels[i] = picture.label();
      image(picture);
      buffers.images().put(i * pixels.length, pixels);
    }
    position += size;
    InputShape input = recipe.input();
    Tensor images =
        new Tensor(
            buffers.images().duplicate().limit(size * pixels.length),
            size,
            input.channels(),
            input.height(),
            input.width());
    Optional<Tensor> targets =
        recipe.classes() == 0 ? Optional.empty() : Optional.of(targets(buffers, ids, labels));
    making.made(System.nanoTime() - start);
    return new Minibatch(images, targets, List.copyOf(ids), labels);
  }

  private void image(Picture picture) {
    Draws draws = Draws.of(recipe.seed(), epoch, Bits.idHash(picture.id()));
    try {
      InputShape input = recipe.input();
      augmenter.apply(
          fitting(picture),
          draws,
          recipe.normaliser().tables(),
          input.height(),
          input.width(),
          pixels);
    } catch (CannotException e) {
      throw new CannotException("use picture " + picture.id(), e.getMessage(), e);
    }
  }

  private Image fitting(Picture picture) {
    InputShape input = recipe.input();
    input.checkChannels(picture);
    boolean fits = picture.height() == input.height() && picture.width() == input.width();
    if (recipe.chain().transforms().isEmpty() && !fits && !recipe.resizes()) {
      throw input.refused(picture);
    }
    Image image = making.image(picture);
    return fits || !recipe.resizes()
        ? image
        : image.resized(new Sizing.Covered(input.height(), input.width()));
  }

  private Tensor targets(Buffers buffers, List<String> ids, int[] labels) {
    int classes = recipe.classes();
    FloatBuffer targets = buffers.targets().duplicate().limit(labels.length * classes);
    for (int i = 0; i < labels.length * classes; i++) {
      targets.put(i, 0f);
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new CannotException(
            "train on picture " + ids.get(i),
            "its label is " + labels[i] + " and the dataset has the classes 0 to " + (classes - 1));
      }
      targets.put(i * classes + labels[i], 1f);
    }
    return new Tensor(targets, labels.length, classes);
  }

  private Picture picture(long wanted) {
    if (wanted >= picturesFrom + pictures.length) {
      lookUp(wanted);
    }
    return pictures[(int) (wanted - picturesFrom)];
  }

  private void lookUp(long from) {
    int count = (int) Math.min(LOOKAHEAD, to - from);
    Order.Place[] places = new Order.Place[count];
    for (int i = 0; i < count; i++) {
      places[i] = order.at(from + i);
    }
    pictures = new Picture[count];
    picturesFrom = from;
    for (int i = 0; i < count; i++) {
      if (pictures[i] == null) {
        takeAll(places, i);
      }
    }
  }

  private void takeAll(Order.Place[] places, int first) {
    int shard = places[first].shard();
    int group = places[first].group();
    List<Picture> rows = making.read(() -> GroupCache.SHARED.group(recipe.view(), shard, group));
    for (int i = first; i < places.length; i++) {
      if (places[i].shard() == shard && places[i].group() == group) {
        pictures[i] = rows.get(places[i].row());
      }
    }
  }
}
