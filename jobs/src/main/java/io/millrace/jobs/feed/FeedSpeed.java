package io.millrace.jobs.feed;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.image.resample.PixelsInMemory;
import io.millrace.jobs.random.Bits;
import io.millrace.jobs.sampling.EpochOrder;
import io.millrace.jobs.sampling.View;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardReader;
import io.millrace.jobs.transform.Augmenter;
import io.millrace.jobs.transform.Chain;
import io.millrace.jobs.transform.Draws;
import io.millrace.jobs.transform.Mixing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures how fast each part of a feed is by itself, on one thread: it is repeated on pictures of
 * the first epoch for a while. Not for use by several threads.
 */
public final class FeedSpeed {
  private static final double NANOS = 1e9;
  private static final double MILLION = 1e6;
  private static final int MOST_PICTURES = 512;
  private static final int WARM_SHARE = 3;

  /** The decoded sample takes at most a quarter of the caches' memory. */
  private static final int PART = 4;

  private final Recipe recipe;
  private final double seconds;
  private final List<Picture> pictures = new ArrayList<>();
  private final List<Image> decoded = new ArrayList<>();

  /**
   * @param seconds that each part is measured, after a third of that time to warm up
   * @throws io.millrace.pipeline.CannotException if a shard is missing or damaged, or a picture
   *     can't be decoded
   */
  public FeedSpeed(Recipe recipe, double seconds) {
    this.recipe = recipe;
    this.seconds = seconds;
    EpochOrder order = EpochOrder.of(recipe.view(), recipe.shuffle(), recipe.seed(), 0);
    long count = Math.min(MOST_PICTURES, recipe.view().size());
    long left = recipe.feeding().limits().memoryHere() / PART;
    Lookup lookup = new Lookup(recipe, order, 0, count);
    for (PlacedPicture found : lookup.next().found()) {
      Picture picture = found.picture();
      left -= (long) picture.channels() * picture.height() * picture.width();
      if (left < 0 && !pictures.isEmpty()) {
        break;
      }
      pictures.add(picture);
      decoded.add(picture.decoded());
    }
  }

  /** How the pictures are stored, by encoding. */
  public Map<Encoding, Long> encodings() {
    Map<Encoding, Long> counts = new LinkedHashMap<>();
    pictures.forEach(picture -> counts.merge(picture.encoding(), 1L, Long::sum));
    return counts;
  }

  /** Reading row groups one after the other. */
  public Rate read() throws IOException {
    List<View.Block> blocks = recipe.view().blocks();
    List<ShardEntry> shards = recipe.view().shards();
    int next = 0;
    long images = 0;
    long bytes = 0;
    long start = System.nanoTime();
    long spent = 0;
    while (spent < seconds * NANOS) {
      View.Block block = blocks.get(next++ % blocks.size());
      ShardEntry shard = shards.get(block.shard());
      try (ShardReader reader = ShardReader.glance(recipe.view().dataset().root(), shard)) {
        List<Picture> rows = reader.rowGroup(block.group());
        images += block.size();
        bytes += rows.stream().mapToLong(row -> row.image().length).sum();
      }
      spent = System.nanoTime() - start;
      if (next == 1) {
        // The first read is slower: code is not compiled and nothing is in the page cache.
        images = 0;
        bytes = 0;
        start = System.nanoTime();
      }
    }
    double took = Math.max(spent, 1) / NANOS;
    return new Rate(images / took, bytes / took / MILLION);
  }

  /** Decoding JPEG, PNG and WebP; for raw pixels this only makes an object. */
  public Rate decode() {
    boolean inPart = recipe.chain().opens() && !encodings().containsKey(Encoding.RAW);
    return rate(index -> decode(pictures.get(index), inPart));
  }

  private static void decode(Picture picture, boolean inPart) {
    if (!inPart) {
      picture.decoded();
      return;
    }
    picture.opened().close();
  }

  /** All of the recipe's transforms, and its resizing if it resizes. */
  public Rate augment() {
    return augment(recipe.chain());
  }

  /** So many of the recipe's transforms, from the first on. */
  public Rate augment(int transforms) {
    return augment(new Chain(recipe.chain().transforms().subList(0, transforms)));
  }

  private Rate augment(Chain chain) {
    InputShape input = recipe.input();
    Optional<Mixing> mixing = chain.mixing();
    float[] floats = new float[input.size()];
    float[] mixed = new float[input.size()];
    int last = chain.transforms().size() - 1;
    Augmenter augmenter = new Augmenter(chain, recipe.input().channels(), recipe.levels());
    return rate(
        index -> {
          Draws draws = Draws.of(recipe.seed(), 0, Bits.idHash(pictures.get(index).id()));
          Image image = decoded.get(index);
          if (chain.opens()) {
            augmenter.apply(new PixelsInMemory(image), draws);
          } else {
            augmenter.apply(image, draws);
          }
          mixing.ifPresent(
              it -> it.mix(floats, floats, mixed, input.height(), input.width(), draws, last));
        });
  }

  /** Writing normalised floats and targets to the minibatch's memory. */
  public Rate assemble() {
    InputShape input = recipe.input();
    List<Image> fitting =
        decoded.stream()
            .map(
                image ->
                    new PixelsInMemory(image)
                        .resized(new Sizing.Covered(input.height(), input.width())))
            .toList();
    float[] floats = new float[input.size()];
    Buffers buffers = Buffers.borrow(input.size(), recipe.classes());
    try {
      return rate(
          index -> {
            recipe.normaliser().apply(fitting.get(index).pixels(), floats);
            buffers.images().put(0, floats);
            for (int c = 0; c < recipe.classes(); c++) {
              buffers.targets().put(c, 0f);
            }
          });
    } finally {
      buffers.giveBack();
    }
  }

  private Rate rate(Work work) {
    repeat(work, seconds / WARM_SHARE);
    return new Rate(repeat(work, seconds), 0);
  }

  /** Images a second. */
  private double repeat(Work work, double limit) {
    long images = 0;
    long start = System.nanoTime();
    long spent = 0;
    while (spent < limit * NANOS) {
      for (int i = 0; i < pictures.size() && spent < limit * NANOS; i++) {
        work.on(i);
        images++;
        // Reading the clock takes as long as the fastest part.
        spent = i % 16 == 0 ? System.nanoTime() - start : spent;
      }
      spent = System.nanoTime() - start;
    }
    return images * NANOS / spent;
  }

  private interface Work {
    void on(int index);
  }

  /**
   * @param imagesPerSecond of one thread
   * @param megabytesPerSecond as stored; 0 where no bytes are read
   */
  public record Rate(double imagesPerSecond, double megabytesPerSecond) {}
}
