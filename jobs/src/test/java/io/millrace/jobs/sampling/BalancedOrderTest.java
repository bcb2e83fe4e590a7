package io.millrace.jobs.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.feed.Feed;
import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.feed.Normaliser;
import io.millrace.jobs.feed.Recipe;
import io.millrace.jobs.sampling.EpochOrder.Place;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.testing.MadeDataset;
import io.millrace.jobs.transform.Chain;
import io.millrace.jobs.transform.Levels;
import io.millrace.jobs.transform.RandomErase;
import io.millrace.pipeline.job.Interval;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BalancedOrderTest {
  /** 100 pictures of a, 17 of b, 3 of c; none of d. */
  private static final int[] COUNTS = {100, 17, 3};

  private static final int IMAGES = 120;
  private static final int SIDE = 8;

  @TempDir Path folder;
  private View view;

  @BeforeEach
  void write() throws IOException {
    MadeDataset made = new MadeDataset(List.of("a", "b", "c", "d"));
    for (int label = 0; label < COUNTS.length; label++) {
      for (int i = 0; i < COUNTS[label]; i++) {
        made.add(Split.TRAIN, MadeDataset.noise(label + "-" + i, label, 3, SIDE, SIDE));
      }
    }
    Dataset dataset = made.write(folder);
    view = View.whole(dataset, Split.TRAIN).labelled();
  }

  @Test
  void takesClassesEquallyOftenAndTheirImagesInTurn() {
    Map<Place, Integer> overall = new HashMap<>();
    for (int epoch = 0; epoch < 5; epoch++) {
      Map<Integer, Map<Place, Integer>> byClass = new HashMap<>();
      Set<Place> withTurn = new HashSet<>();
      BalancedOrder order = new BalancedOrder(view, 9, epoch);
      for (int position = 0; position < IMAGES; position++) {
        Place place = order.at(position);
        assertThat(withTurn.add(place)).isTrue();
        Place image = new Place(place.shard(), place.group(), place.row());
        int label = view.labels()[image.shard() * (IMAGES / 2) + image.row()];
        byClass.computeIfAbsent(label, it -> new HashMap<>()).merge(image, 1, Integer::sum);
        overall.merge(image, 1, Integer::sum);
      }
      assertThat(byClass).hasSize(3);
      byClass
          .values()
          .forEach(
              images ->
                  assertThat(images.values().stream().mapToInt(it -> it).sum())
                      .isEqualTo(IMAGES / 3));
      // 40 draws of 17: at least one whole turn, parts of two others.
      assertThat(byClass.get(1)).hasSize(17);
      assertThat(byClass.get(1).values()).allMatch(times -> times <= 3);
    }
    // 5 epochs of 40: each of the 100 twice, whatever the epoch.
    assertThat(overall).hasSize(IMAGES);
    assertThat(overall.values().stream().filter(times -> times == 2)).hasSize(100);
  }

  @Test
  void takesImagesEquallyOftenWhenClassesDoNotDivideThem() throws IOException {
    MadeDataset made = new MadeDataset(List.of("a", "b"));
    for (int i = 0; i < 11; i++) {
      made.add(Split.TRAIN, MadeDataset.noise("p" + i, i < 7 ? 0 : 1, 3, SIDE, SIDE));
    }
    View small = View.whole(made.write(folder.resolve("small")), Split.TRAIN).labelled();
    Map<Place, Integer> times = new HashMap<>();
    for (int epoch = 0; epoch < 4; epoch++) {
      BalancedOrder order = new BalancedOrder(small, 3, epoch);
      for (int position = 0; position < 11; position++) {
        Place place = order.at(position);
        times.merge(new Place(place.shard(), place.group(), place.row()), 1, Integer::sum);
      }
    }
    // 6 of a and 5 of b an epoch: 24 of 7 and 20 of 4.
    assertThat(times.values()).containsOnly(3, 4, 5);
    assertThat(times.values().stream().filter(it -> it == 5)).hasSize(4);
  }

  @Test
  void samePlaceForEachPositionInAnyOrderOfCalls() {
    BalancedOrder inOrder = new BalancedOrder(view, 9, 2);
    List<Place> places = new ArrayList<>();
    for (int position = 0; position < IMAGES; position++) {
      places.add(inOrder.at(position));
    }
    for (int position = IMAGES - 1; position >= 0; position -= 7) {
      assertThat(new BalancedOrder(view, 9, 2).at(position)).isEqualTo(places.get(position));
    }
    assertThat(new BalancedOrder(view, 9, 3).at(0)).isNotEqualTo(places.get(0));
    assertThat(new BalancedOrder(view, 8, 2).at(5)).isNotEqualTo(places.get(5));
  }

  @Test
  void repeatedImagesGetTheirOwnDraws() {
    Recipe recipe =
        new Recipe(
            view,
            new InputShape(3, SIDE, SIDE),
            new Normaliser(List.of(0.5, 0.5, 0.5), List.of(0.2, 0.2, 0.2)),
            new Chain(List.of(new RandomErase(Interval.of(4, 4), 0.3))),
            Levels.UNKNOWN,
            new Shuffle.Balanced(),
            false,
            9,
            4);
    Map<String, Set<Float>> sums = new HashMap<>();
    Map<String, Integer> times = new HashMap<>();
    try (Feed feed = Feed.training(recipe, 0, 0, IMAGES, 16)) {
      while (feed.hasNext()) {
        Minibatch batch = feed.next();
        for (int i = 0; i < batch.size(); i++) {
          float[] pixels = new float[3 * SIDE * SIDE];
          batch.floats(Minibatch.IMAGES).values().get(i * pixels.length, pixels);
          float sum = 0;
          for (float pixel : pixels) {
            sum += pixel;
          }
          sums.computeIfAbsent(batch.ids().get(i), it -> new HashSet<>()).add(sum);
          times.merge(batch.ids().get(i), 1, Integer::sum);
        }
      }
    }
    assertThat(times.get("2-0")).isBetween(13, 14);
    assertThat(sums.get("2-0")).hasSize(times.get("2-0"));
  }
}
