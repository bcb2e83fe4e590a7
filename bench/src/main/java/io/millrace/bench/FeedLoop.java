package io.millrace.bench;

import io.millrace.jobs.cache.CacheLimits;
import io.millrace.jobs.cache.CacheLimits.Pixels;
import io.millrace.jobs.feed.Feed;
import io.millrace.jobs.feed.Feeding;
import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.feed.Normaliser;
import io.millrace.jobs.feed.Recipe;
import io.millrace.jobs.sampling.Shuffle;
import io.millrace.jobs.sampling.View;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.transform.Levels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Feeds epochs of shards to users (threads), two by default, each of which takes the minibatches of
 * its part of the epoch, like the workers of a training. Prints mean and deviation of the first
 * epoch's floats, then pictures a second.
 */
final class FeedLoop {
  static final String READ = "read";
  static final String KEPT = "kept";
  static final String JPEG = "jpeg";
  static final int BATCH = 256;
  static final int JPEG_BATCH = 64;
  static final int USERS = 2;

  private static final int USERS_GIVEN = 4;

  /** The default of a training. */
  private static final Shuffle SHUFFLE = new Shuffle.Block(16_384);

  private static final long SEED = 1;

  /** Bytes of a picture in the feed's memory. */
  private static final long A_PICTURE = CifarRecords.PIXELS + 128;

  /**
   * Names of the same shards: with memory for one, a row group has left the cache when its name
   * comes again.
   */
  private static final int NAMES = 3;

  private final List<Recipe> recipes = new ArrayList<>();
  private final int count;
  private final ExecutorService users;
  private int epoch;

  private final boolean jpegs;
  private final Feeding feeding;

  private FeedLoop(boolean jpegs, int pictures, int count) {
    this.jpegs = jpegs;
    this.count = count;
    this.users = Executors.newFixedThreadPool(count);
    long memory = jpegs ? 0 : pictures * A_PICTURE;
    this.feeding = new Feeding(1, new CacheLimits(memory, 0, "", Pixels.OFF));
  }

  /**
   * @param arguments {@code read} to read the shards again in every epoch, each row group once;
   *     {@code kept} to keep them in memory; {@code jpeg} for JPEGs, kept as they are; shards,
   *     pictures in them, a folder to work in, how many users
   */
  public static void main(String[] arguments)
      throws IOException, ExecutionException, InterruptedException {
    Path shards = Path.of(arguments[1]);
    int pictures = Integer.parseInt(arguments[2]);
    FeedLoop loop =
        new FeedLoop(
            arguments[0].equals(JPEG),
            pictures,
            arguments.length > USERS_GIVEN ? Integer.parseInt(arguments[USERS_GIVEN]) : USERS);
    if (arguments[0].equals(READ)) {
      Path work = Files.createDirectories(Path.of(arguments[3]));
      for (int i = 0; i < NAMES; i++) {
        loop.add(Files.createSymbolicLink(work.resolve("shards-" + i), shards));
      }
    } else {
      loop.add(shards);
    }
    try {
      System.out.println(loop.epoch(true));
      double seconds = Passes.seconds(() -> loop.epoch(false));
      System.out.println(pictures / seconds);
    } finally {
      loop.users.shutdownNow();
    }
  }

  private void add(Path shards) {
    Dataset dataset = Dataset.open(shards.toUri());
    View view = View.whole(dataset, Split.TRAIN);
    recipes.add(
        new Recipe(
            view,
            jpegs
                ? new InputShape(Augmentation.CHANNELS, Augmentation.CROP, Augmentation.CROP)
                : InputShape.of(view),
            new Normaliser(Augmentation.MEAN, Augmentation.STD),
            jpegs ? Augmentation.ofJpegs() : Augmentation.plain(),
            Levels.UNKNOWN,
            SHUFFLE,
            false,
            SEED,
            dataset.classNames().size(),
            feeding));
  }

  /**
   * @param look whether to look at every float, which takes long
   */
  private Moments epoch(boolean look) throws IOException {
    Recipe recipe = recipes.get(epoch % recipes.size());
    int number = epoch++;
    long size = recipe.view().size();
    List<Future<Moments>> parts = new ArrayList<>();
    for (int user = 0; user < count; user++) {
      long from = size * user / count;
      long to = size * (user + 1) / count;
      parts.add(users.submit(() -> used(recipe, number, from, to, look)));
    }
    Moments all = new Moments();
    for (Future<Moments> part : parts) {
      all.add(result(part));
    }
    return all;
  }

  private Moments used(Recipe recipe, int epoch, long from, long to, boolean look) {
    Moments moments = new Moments();
    long pictures = 0;
    try (Feed feed = Feed.training(recipe, epoch, from, to, jpegs ? JPEG_BATCH : BATCH)) {
      while (feed.hasNext()) {
        Minibatch minibatch = feed.next();
        pictures += minibatch.size();
        if (look) {
          moments.add(minibatch.floats(Minibatch.IMAGES).values());
        }
      }
    }
    if (pictures != to - from) {
      throw new IllegalStateException(pictures + " pictures came instead of " + (to - from));
    }
    return moments;
  }

  private static Moments result(Future<Moments> part) throws IOException {
    try {
      return part.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
