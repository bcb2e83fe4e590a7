package io.millrace.jobs.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.cache.CacheLimits;
import io.millrace.jobs.cache.CacheLimits.Pixels;
import io.millrace.jobs.cache.Caches;
import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.codec.Encoder;
import io.millrace.jobs.sampling.Shuffle;
import io.millrace.jobs.sampling.View;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.testing.MadeDataset;
import io.millrace.jobs.transform.Chain;
import io.millrace.jobs.transform.CutMix;
import io.millrace.jobs.transform.Levels;
import io.millrace.jobs.transform.PadReflect;
import io.millrace.jobs.transform.PerMinibatch;
import io.millrace.jobs.transform.RandomCrop;
import io.millrace.jobs.transform.RandomErase;
import io.millrace.jobs.transform.RandomResizedCrop;
import io.millrace.jobs.transform.Transform;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.Interval;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Minibatches do not depend on threads, memory and disk. */
class FeedThreadsTest {
  private static final int SIDE = 12;
  private static final int IMAGES = 150;
  private static final InputShape INPUT = new InputShape(3, SIDE, SIDE);
  private static final Normaliser NORMALISER =
      new Normaliser(List.of(0.5, 0.4, 0.3), List.of(0.2, 0.2, 0.2));
  private static final List<Transform> CHAIN =
      List.of(
          new PadReflect(2),
          new RandomCrop(SIDE),
          new PerMinibatch(List.of(new RandomErase(Interval.of(1, 2), 0.3))),
          new CutMix(1, 0.8, Interval.of(0, 1)));

  @TempDir Path folder;
  private Dataset dataset;

  @BeforeEach
  void write() throws IOException {
    MadeDataset made = new MadeDataset(List.of("a", "b", "c"));
    for (int i = 0; i < IMAGES; i++) {
      made.add(Split.TRAIN, png(MadeDataset.noise("p" + i, i % 3, 3, SIDE, SIDE)));
    }
    dataset = made.write(folder.resolve("data"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void sameMinibatchesForAnyNumberOfThreads(int threads) {
    List<Seen> alone = seen(CHAIN, Feeding.PLAIN, 17, 131, 7);
    assertThat(seen(CHAIN, new Feeding(threads, CacheLimits.DEFAULT), 17, 131, 7)).isEqualTo(alone);
    assertThat(alone).hasSize(17);
  }

  @Test
  void sameMinibatchesForAnyCache() {
    List<Seen> plain = seen(CHAIN, Feeding.PLAIN, 0, IMAGES, 16);
    long picture = 3 * SIDE * SIDE + 256;
    // Pixels have half of the memory: for 20 pictures; the others go to the disk, for 50.
    CacheLimits limits =
        new CacheLimits(40 * picture, 50L * 3 * SIDE * SIDE, folder.toString(), Pixels.DISK);
    Feeding feeding = new Feeding(2, limits);
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(seen(CHAIN, feeding, 0, IMAGES, 16)).isEqualTo(plain);
    }
    assertThat(Caches.of(limits).pixels().bytes()).isBetween(19 * picture, 20 * picture);
    // Nothing lies about in the folder: the file has no name.
    assertThat(folder.toFile().list()).containsExactly("data");
  }

  @Test
  void cachedPixelsAreNotDecodedAgain() {
    CacheLimits limits = new CacheLimits(10_000_000, 0, "none", Pixels.MEMORY);
    assertThat(times(limits).decode()).isPositive();
    assertThat(times(limits).decode()).isZero();
    CacheLimits off = new CacheLimits(10_000_000, 0, "none", Pixels.OFF);
    assertThat(times(off).decode()).isPositive();
    assertThat(times(off).decode()).isPositive();
  }

  @Test
  void samePartOfAJpegForAnyCache() throws IOException {
    MadeDataset made = new MadeDataset(List.of("a"));
    for (int i = 0; i < 20; i++) {
      Picture raw = MadeDataset.noise("p" + i, 0, 3, 30 + i, 60 - i);
      byte[] jpeg = Encoder.jpeg(raw.decoded(), 90);
      made.add(
          Split.TRAIN, new Picture(raw.id(), 0, raw.height(), raw.width(), 3, Encoding.JPEG, jpeg));
    }
    View view = View.whole(made.write(folder.resolve("jpegs")), Split.TRAIN);
    RandomResizedCrop crop =
        new RandomResizedCrop(SIDE, Interval.of(0.08, 1), Interval.of(0.75, 1.3333));
    List<List<Seen>> all = new ArrayList<>();
    for (Pixels pixels : Pixels.values()) {
      CacheLimits limits = new CacheLimits(10_000_000, 0, "none", pixels);
      Recipe recipe =
          new Recipe(
              view,
              INPUT,
              NORMALISER,
              new Chain(List.of(crop, new PadReflect(1), new RandomCrop(SIDE))),
              Levels.UNKNOWN,
              new Shuffle.Full(),
              false,
              1,
              1,
              new Feeding(2, limits));
      all.add(seen(recipe, 0, 20, 6));
    }
    assertThat(all.get(1)).isEqualTo(all.get(0));
    assertThat(all.get(2)).isEqualTo(all.get(0));
  }

  @Test
  void errorInAnyThreadNamesThePicture() throws IOException {
    MadeDataset made = new MadeDataset(List.of("a"));
    for (int i = 0; i < 40; i++) {
      Picture picture = png(MadeDataset.noise("p" + i, 0, 3, SIDE, SIDE));
      if (i == 33) {
        picture.image()[40] ^= 0x55;
      }
      made.add(Split.TRAIN, picture);
    }
    View view = View.whole(made.write(folder.resolve("odd")), Split.TRAIN);
    Recipe recipe =
        new Recipe(
            view,
            INPUT,
            NORMALISER,
            Chain.NONE,
            Levels.UNKNOWN,
            new Shuffle.None(),
            false,
            1,
            1,
            new Feeding(3, CacheLimits.DEFAULT));
    try (Feed feed = Feed.training(recipe, 0, 0, 40, 8)) {
      for (int i = 0; i < 4; i++) {
        assertThat(feed.next().size()).isEqualTo(8);
      }
      assertThatThrownBy(feed::hasNext)
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("picture p33");
      assertThatThrownBy(feed::hasNext).isInstanceOf(CannotException.class);
    }
  }

  private FeedTimes times(CacheLimits limits) {
    try (Feed feed = Feed.training(recipe(List.of(), new Feeding(1, limits)), 0, 0, IMAGES, 50)) {
      while (feed.hasNext()) {
        feed.next();
      }
      return feed.times();
    }
  }

  private List<Seen> seen(List<Transform> chain, Feeding feeding, long from, long to, int batch) {
    return seen(recipe(chain, feeding), from, to, batch);
  }

  private static List<Seen> seen(Recipe recipe, long from, long to, int batch) {
    List<Seen> seen = new ArrayList<>();
    try (Feed feed = Feed.training(recipe, 2, from, to, batch)) {
      while (feed.hasNext()) {
        seen.add(Seen.of(feed.next()));
      }
    }
    return seen;
  }

  private Recipe recipe(List<Transform> chain, Feeding feeding) {
    return new Recipe(
        View.whole(dataset, Split.TRAIN),
        INPUT,
        NORMALISER,
        new Chain(chain),
        Levels.UNKNOWN,
        new Shuffle.Block(64),
        false,
        5,
        3,
        feeding);
  }

  private static Picture png(Picture raw) {
    return new Picture(
        raw.id(),
        raw.label(),
        raw.height(),
        raw.width(),
        raw.channels(),
        Encoding.PNG,
        Encoder.png(raw.decoded()));
  }

  private record Seen(List<String> ids, List<Float> images, List<Float> targets) {
    static Seen of(Minibatch batch) {
      return new Seen(
          batch.ids(),
          floats(batch.floats(Minibatch.IMAGES)),
          floats(batch.floats(Minibatch.TARGETS)));
    }

    private static List<Float> floats(FloatTensor tensor) {
      List<Float> floats = new ArrayList<>();
      for (int i = 0; i < tensor.values().remaining(); i++) {
        floats.add(tensor.values().get(i));
      }
      return floats;
    }
  }
}
