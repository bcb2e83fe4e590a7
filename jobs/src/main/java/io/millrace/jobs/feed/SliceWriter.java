package io.millrace.jobs.feed;

import io.millrace.jobs.cache.Caches;
import io.millrace.jobs.cache.PixelCache;
import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.PixelSource;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.image.codec.Decoded;
import io.millrace.jobs.image.resample.PixelsInMemory;
import io.millrace.jobs.random.Bits;
import io.millrace.jobs.sampling.View;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.transform.Augmenter;
import io.millrace.jobs.transform.Draws;
import io.millrace.jobs.transform.Mixing;
import io.millrace.pipeline.CannotException;
import java.nio.FloatBuffer;
import java.util.Optional;

/** Makes slices of minibatches: decodes, augments, normalises, mixes. Each thread has its own. */
final class SliceWriter {
  private static final int NONE = Integer.MIN_VALUE;

  private final Recipe recipe;
  private final int epoch;
  private final Optional<Mixing> mixing;
  private final Caches caches;
  private final PixelCache decoded;
  private final Augmenter augmenter;
  private float[] own;
  private float[] other;
  private final float[] mixed;
  private int otherIs;
  private long decoding;

  SliceWriter(Recipe recipe, int epoch) {
    InputShape input = recipe.input();
    this.recipe = recipe;
    this.epoch = epoch;
    this.mixing = recipe.chain().mixing();
    this.caches = Caches.of(recipe.feeding().limits());
    this.decoded = caches.pixels();
    this.augmenter = new Augmenter(recipe.chain(), input.channels(), recipe.levels());
    this.own = new float[input.size()];
    this.other = mixing.isPresent() ? new float[input.size()] : own;
    this.mixed = mixing.isPresent() ? new float[input.size()] : own;
  }

  /**
   * Writes a slice's pictures and targets to the minibatch's buffers.
   *
   * @throws CannotException if a picture can't be used; the message names it
   */
  void write(PendingMinibatch.Slice slice) {
    long start = System.nanoTime();
    decoding = 0;
    otherIs = NONE;
    PendingMinibatch pending = slice.pending();
    for (int i = slice.from(); i < slice.to(); i++) {
      Optional<Integer> partner = mixing.isEmpty() ? Optional.empty() : pending.partner(i);
      if (partner.isPresent()) {
        mix(pending, i, partner.get());
      } else {
        write(pending, i, own);
        put(pending, i, own, i, 0);
      }
    }
    long all = System.nanoTime() - start;
    pending.add(slice.to() - slice.from(), new Spent(0, decoding, all - decoding));
  }

  private void mix(PendingMinibatch pending, int index, int partner) {
    if (otherIs == index) {
      // The second of the pair: the floats of both are there already, in the other order.
      float[] first = own;
      own = other;
      other = first;
    } else {
      write(pending, index, own);
      write(pending, partner, other);
    }
    otherIs = partner;
    InputShape input = recipe.input();
    float share =
        mixing
            .orElseThrow()
            .mix(
                own,
                other,
                mixed,
                input.height(),
                input.width(),
                draws(pending, index),
                recipe.chain().transforms().size() - 1);
    put(pending, index, mixed, partner, share);
  }

  private void write(PendingMinibatch pending, int index, float[] into) {
    PlacedPicture found = pending.found(index);
    Picture picture = found.picture();
    recipe.input().checkChannels(picture);
    if (isTakenInPart(picture)) {
      try (Decoded opened = opened(picture)) {
        augment(picture, opened, draws(pending, index), into);
      }
    } else {
      augment(picture, new PixelsInMemory(whole(found)), draws(pending, index), into);
    }
  }

  /** Whether only a part of the picture need be copied to the heap. */
  private boolean isTakenInPart(Picture picture) {
    return picture.encoding() != Encoding.RAW
        && (recipe.chain().opens() || (recipe.resizes() && !fits(picture)))
        && !decoded.hasRoomFor(picture);
  }

  private void augment(Picture picture, PixelSource source, Draws draws, float[] into) {
    InputShape input = recipe.input();
    float[][] tables = recipe.normaliser().tables();
    try {
      if (recipe.resizes()) {
        Image image = fits(picture) ? source.image() : source.resized(covered());
        augmenter.apply(image, draws, tables, input.height(), input.width(), into);
      } else if (recipe.chain().opens()) {
        augmenter.apply(source, draws, tables, input.height(), input.width(), into);
      } else {
        augmenter.apply(source.image(), draws, tables, input.height(), input.width(), into);
      }
    } catch (RuntimeException e) {
      // Even an unexpected error must name the picture.
      String why = e instanceof CannotException ? e.getMessage() : e.toString();
      throw new CannotException("use picture " + picture.id(), why, e);
    }
  }

  private Draws draws(PendingMinibatch pending, int index) {
    PlacedPicture found = pending.found(index);
    long id = Bits.idHash(found.picture().id());
    long image = found.turn() == 0 ? id : Bits.absorb(id, found.turn());
    return Draws.of(recipe.seed(), epoch, image).inMinibatch(recipe.seed(), epoch, pending.first());
  }

  private Image whole(PlacedPicture found) {
    Picture picture = found.picture();
    if (recipe.chain().transforms().isEmpty() && !fits(picture) && !recipe.resizes()) {
      throw recipe.input().refused(picture);
    }
    return image(found);
  }

  private boolean fits(Picture picture) {
    InputShape input = recipe.input();
    return picture.height() == input.height() && picture.width() == input.width();
  }

  private Sizing covered() {
    return new Sizing.Covered(recipe.input().height(), recipe.input().width());
  }

  private Image image(PlacedPicture found) {
    Picture picture = decoded.filled(found.key(), found.picture()).orElseGet(() -> stored(found));
    if (picture.encoding() == Encoding.RAW) {
      return picture.decoded();
    }
    long start = System.nanoTime();
    Image image = picture.decoded();
    decoding += System.nanoTime() - start;
    decoded.offer(found.key(), picture, image);
    return image;
  }

  /** The picture from its shard, if its cached pixels are lost. */
  private Picture stored(PlacedPicture found) {
    View view = recipe.view();
    return caches
        .group(view.dataset().root(), view.shards().get(found.shard()), found.key().group())
        .get(found.key().row());
  }

  /**
   * Decodes a picture and measures the time; decoding takes a thousand times longer than reading
   * the clock.
   */
  private Decoded opened(Picture picture) {
    long start = System.nanoTime();
    Decoded opened = picture.opened();
    decoding += System.nanoTime() - start;
    return opened;
  }

  private void put(PendingMinibatch pending, int index, float[] floats, int partner, float share) {
    Buffers buffers = pending.buffers();
    buffers.images().put(index * floats.length, floats);
    int classes = recipe.classes();
    if (classes == 0) {
      return;
    }
    FloatBuffer targets = buffers.targets();
    for (int c = 0; c < classes; c++) {
      targets.put(index * classes + c, 0f);
    }
    add(targets, index, pending.found(index).picture(), 1 - share);
    if (share > 0) {
      add(targets, index, pending.found(partner).picture(), share);
    }
  }

  private void add(FloatBuffer targets, int index, Picture picture, float share) {
    int classes = recipe.classes();
    int label = picture.label();
    if (label < 0 || label >= classes) {
      throw new CannotException(
          "train on picture " + picture.id(),
          "its label is " + label + " but the dataset has only the classes 0 to " + (classes - 1));
    }
    int place = index * classes + label;
    targets.put(place, targets.get(place) + share);
  }
}
