package io.millrace.jobs.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.image.resample.PixelsInMemory;
import io.millrace.jobs.random.Bits;
import io.millrace.jobs.sampling.Shuffle;
import io.millrace.jobs.sampling.View;
import io.millrace.jobs.shard.Counts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardWriter;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.testing.MadeDataset;
import io.millrace.jobs.transform.Chain;
import io.millrace.jobs.transform.Draws;
import io.millrace.jobs.transform.Flip;
import io.millrace.jobs.transform.Flip.Axis;
import io.millrace.jobs.transform.Levels;
import io.millrace.jobs.transform.PadReflect;
import io.millrace.jobs.transform.RandomCrop;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedTest {
  private static final int SIDE = 6;
  private static final int PIXELS = 3 * SIDE * SIDE;
  private static final InputShape INPUT = new InputShape(3, SIDE, SIDE);
  private static final List<Double> MEAN = List.of(0.5, 0.4, 0.3);
  private static final List<Double> STD = List.of(0.2, 0.25, 0.3);
  private static final Normaliser NORMALISER = new Normaliser(MEAN, STD);
  private static final Chain CHAIN =
      new Chain(List.of(new PadReflect(2), new RandomCrop(SIDE), new Flip(Axis.HORIZONTAL)));

  @TempDir static Path folder;
  private static List<Picture> pictures;
  private static Dataset dataset;

  @BeforeAll
  static void write() throws IOException {
    pictures = new ArrayList<>();
    for (int i = 0; i < 97; i++) {
      pictures.add(picture(i, i % 4, SIDE));
    }
    dataset = dataset("whole", pictures);
  }

  @Test
  void inOrderGivesEveryPictureNormalisedOnce() {
    View view = View.whole(dataset, Split.TRAIN);
    int at = 10;
    try (Feed feed = Feed.inOrder(view, INPUT, NORMALISER, 10, 97, 25)) {
      while (feed.hasNext()) {
        Minibatch batch = feed.next();
        assertThat(batch.size()).isEqualTo(Math.min(25, 97 - at));
        assertThat(batch.has(Minibatch.TARGETS)).isFalse();
        assertThat(batch.floats(Minibatch.IMAGES).shape())
            .containsExactly(batch.size(), 3, SIDE, SIDE);
        assertThat(batch.floats(Minibatch.IMAGES).values().isDirect()).isTrue();
        assertThat(batch.floats(Minibatch.IMAGES).values().remaining())
            .isEqualTo(batch.size() * PIXELS);
        for (int i = 0; i < batch.size(); i++, at++) {
          Picture expected = pictures.get(at);
          assertThat(batch.ids().get(i)).isEqualTo(expected.id());
          assertThat(batch.ints(Minibatch.LABELS).at(i)).isEqualTo(expected.label());
          assertNormalised(batch, i, expected.image());
        }
      }
      assertThatThrownBy(feed::next).isInstanceOf(NoSuchElementException.class);
    }
    assertThat(at).isEqualTo(97);
  }

  @Test
  void augmentsByDrawsOfEpochAndIdWithOneHotTargets() {
    Recipe recipe = recipe(View.whole(dataset, Split.TRAIN), 4);
    Set<String> seen = new HashSet<>();
    for (long[] part : new long[][] {{0, 40}, {40, 97}}) {
      try (Feed feed = Feed.training(recipe, 3, part[0], part[1], 16)) {
        while (feed.hasNext()) {
          Minibatch batch = feed.next();
          FloatTensor targets = batch.floats(Minibatch.TARGETS);
          assertThat(targets.shape()).containsExactly(batch.size(), 4);
          for (int i = 0; i < batch.size(); i++) {
            Picture source = pictures.get(Integer.parseInt(batch.ids().get(i).substring(1)));
            assertThat(seen.add(source.id())).isTrue();
            Image image = new Image(3, SIDE, SIDE, source.image());
            Draws draws = Draws.of(9, 3, Bits.idHash(source.id()));
            assertThat(batch.ints(Minibatch.DRAWS).at(i)).isEqualTo(bits(9, 3, source.id()));
            assertNormalised(batch, i, CHAIN.apply(image, draws).pixels());
            for (int c = 0; c < 4; c++) {
              float wanted = c == source.label() ? 1 : 0;
              assertThat(targets.values().get(i * 4 + c)).isEqualTo(wanted);
            }
          }
        }
      }
    }
    assertThat(seen).hasSize(97);
  }

  /** The draws of an example, which no other example and no other epoch has. */
  private static int bits(long seed, long epoch, String id) {
    long drawn = Bits.absorb(Bits.absorb(0, seed), epoch);
    return (int) (Bits.absorb(drawn, Bits.idHash(id)) >>> 32);
  }

  @Test
  void validationAndTrainingViewsDivideTheSplit() {
    View.Parts parts = View.parts(dataset, Split.TRAIN, 0.3, 5);
    Set<String> validation = ids(parts.validation());
    Set<String> training = ids(parts.training());
    assertThat(validation).hasSizeBetween(15, 45).doesNotContainAnyElementsOf(training);
    assertThat(validation.size() + training.size()).isEqualTo(97);
    assertThat(parts.validation().size()).isEqualTo(validation.size());
    assertThat(ids(View.parts(dataset, Split.TRAIN, 0.3, 6).validation())).isNotEqualTo(validation);
  }

  @Test
  void earlyCloseEndsTheThread() {
    View view = View.whole(dataset, Split.TRAIN);
    long before = threads();
    for (int i = 0; i < 50; i++) {
      try (Feed feed = Feed.inOrder(view, INPUT, NORMALISER, 0, 97, 2)) {
        if (i % 2 == 0) {
          feed.next();
        }
      }
    }
    assertThat(threads()).isEqualTo(before);
  }

  @Test
  void namesPictureThatCannotBeUsed() throws IOException {
    List<Picture> odd = new ArrayList<>(pictures.subList(0, 30));
    odd.add(picture(30, 1, SIDE + 1));
    View sizes = View.whole(dataset("sizes", odd), Split.TRAIN);
    Recipe asTheyAre =
        new Recipe(
            sizes, INPUT, NORMALISER, Chain.NONE, Levels.UNKNOWN, new Shuffle.None(), false, 9, 4);
    assertThatThrownBy(() -> drain(Feed.training(asTheyAre, 0, 0, 31, 8)))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("picture #30: it is 3x7x7 but all must be 3x6x6");

    List<Picture> unlabelled = new ArrayList<>(pictures.subList(0, 30));
    unlabelled.add(picture(30, -1, SIDE));
    Recipe recipe = recipe(View.whole(dataset("labels", unlabelled), Split.TRAIN), 4);
    assertThatThrownBy(() -> drain(Feed.training(recipe, 0, 0, 31, 8)))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("picture #30: its label is -1");
  }

  @Test
  void inOrderResizesPicturesToTheInput() throws IOException {
    List<Picture> odd = List.of(picture(0, 1, SIDE), picture(1, 1, 2 * SIDE));
    View view = View.whole(dataset("resized", odd), Split.TRAIN);
    float[] expected = new float[INPUT.size()];
    NORMALISER.apply(
        new PixelsInMemory(odd.get(1).decoded()).resized(new Sizing.Exact(SIDE, SIDE)).pixels(),
        expected);
    try (Feed feed = Feed.inOrder(view, INPUT, NORMALISER, 1, 2, 8)) {
      float[] made = new float[INPUT.size()];
      feed.next().floats(Minibatch.IMAGES).values().get(0, made);
      assertThat(made).isEqualTo(expected);
    }
  }

  @Test
  void transformsMustGiveTheInputSize() throws IOException {
    List<Picture> odd = List.of(picture(0, 1, SIDE), picture(1, 1, 2 * SIDE));
    View view = View.whole(dataset("cropped", odd), Split.TRAIN);
    Chain chain = new Chain(List.of(new RandomCrop(SIDE - 2)));
    InputShape smaller = new InputShape(3, SIDE - 2, SIDE - 2);
    Recipe crops =
        new Recipe(
            view, smaller, NORMALISER, chain, Levels.UNKNOWN, new Shuffle.None(), false, 9, 4);
    try (Feed feed = Feed.training(crops, 0, 0, 2, 8)) {
      assertThat(feed.next().floats(Minibatch.IMAGES).shape())
          .containsExactly(2, 3, SIDE - 2, SIDE - 2);
    }
    Recipe grows =
        new Recipe(view, INPUT, NORMALISER, chain, Levels.UNKNOWN, new Shuffle.None(), false, 9, 4);
    assertThatThrownBy(() -> drain(Feed.training(grows, 0, 0, 2, 8)))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("Cannot use picture #0: ")
        .hasMessageContaining("the chain makes them 4x4");
    Chain flip = new Chain(List.of(new Flip(Axis.HORIZONTAL)));
    List<Picture> asManyPixels = List.of(MadeDataset.noise("#wide", 1, 3, 4, 9));
    View wide = View.whole(dataset("wide", asManyPixels), Split.TRAIN);
    Recipe flips =
        new Recipe(wide, INPUT, NORMALISER, flip, Levels.UNKNOWN, new Shuffle.None(), false, 9, 4);
    assertThatThrownBy(() -> drain(Feed.training(flips, 0, 0, 1, 8)))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("Cannot use picture #wide: ")
        .hasMessageContaining("the chain makes them 4x9, but the network takes 6x6");
  }

  @Test
  void namesShardDamagedAfterPublication() throws IOException {
    Dataset damaged = dataset("damaged", pictures);
    Path shard = folder.resolve("damaged").resolve(damaged.shards().get(0).path());
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length / 3] ^= 1;
    Files.write(shard, bytes);
    View view = View.whole(damaged, Split.TRAIN);
    assertThatThrownBy(() -> drain(Feed.inOrder(view, INPUT, NORMALISER, 0, 97, 8)))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining(shard.getFileName().toString());
  }

  @Test
  void refusesStatisticsOfOtherChannels() {
    View view = View.whole(dataset, Split.TRAIN);
    Normaliser gray = new Normaliser(List.of(0.5), List.of(0.2));
    assertThatThrownBy(() -> drain(Feed.inOrder(view, INPUT, gray, 0, 97, 8)))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("images of 3 channels: the statistics have 1");
  }

  private static void assertNormalised(Minibatch batch, int image, byte[] pixels) {
    for (int k = 0; k < PIXELS; k++) {
      int c = k / (SIDE * SIDE);
      float expected = (float) (((pixels[k] & 0xFF) / 255.0 - MEAN.get(c)) / STD.get(c));
      assertThat(batch.floats(Minibatch.IMAGES).values().get(image * PIXELS + k))
          .isEqualTo(expected);
    }
  }

  private static Set<String> ids(View view) {
    Set<String> ids = new HashSet<>();
    try (Feed feed = Feed.inOrder(view, INPUT, NORMALISER, 0, view.size(), 10)) {
      while (feed.hasNext()) {
        ids.addAll(feed.next().ids());
      }
    }
    return ids;
  }

  private static void drain(Feed opened) {
    try (Feed feed = opened) {
      while (feed.hasNext()) {
        feed.next();
      }
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("millrace-feed"))
        .count();
  }

  private static Recipe recipe(View view, int classes) {
    return new Recipe(
        view, INPUT, NORMALISER, CHAIN, Levels.UNKNOWN, new Shuffle.Block(30), false, 9, classes);
  }

  private static Picture picture(int number, int label, int side) {
    byte[] pixels = new byte[3 * side * side];
    new SplittableRandom(number).nextBytes(pixels);
    return new Picture("#" + number, label, side, side, 3, Encoding.RAW, pixels);
  }

  private static Dataset dataset(String name, List<Picture> pictures) throws IOException {
    Path root = folder.resolve(name);
    List<ShardEntry> shards = new ArrayList<>();
    int half = pictures.size() / 2;
    for (List<Picture> rows :
        List.of(pictures.subList(0, half), pictures.subList(half, pictures.size()))) {
      try (ShardWriter writer =
          ShardWriter.create(root.toUri(), Split.TRAIN, shards.size(), List.of())) {
        for (Picture picture : rows) {
          writer.write(picture);
        }
        shards.add(writer.finish());
      }
    }
    return new Dataset(
        root.toUri(),
        Dataset.digestOf(shards, List.of()),
        List.of("a", "b", "c", "d"),
        new Counts(pictures.size(), pictures.size(), 0, 0, 0),
        Map.of(),
        Map.of(),
        shards);
  }
}
