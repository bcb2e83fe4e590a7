package io.millrace.jobs.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.sampling.Shuffle;
import io.millrace.jobs.sampling.View;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.testing.MadeDataset;
import io.millrace.jobs.transform.Chain;
import io.millrace.jobs.transform.CutMix;
import io.millrace.jobs.transform.Levels;
import io.millrace.jobs.transform.Mixup;
import io.millrace.jobs.transform.Transform;
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

/** Pictures of one level each, so that a mixture's levels tell what it was made of. */
class MixingTest {
  private static final int SIDE = 10;
  private static final int PLANE = SIDE * SIDE;
  private static final int IMAGES = 201;
  private static final int CLASSES = 201;
  private static final Normaliser IDENTITY =
      new Normaliser(List.of(0.0, 0.0, 0.0), List.of(1 / 255.0, 1 / 255.0, 1 / 255.0));

  @TempDir Path folder;
  private Dataset dataset;

  @BeforeEach
  void write() throws IOException {
    List<String> classes = new ArrayList<>();
    for (int i = 0; i < CLASSES; i++) {
      classes.add("c" + i);
    }
    MadeDataset made = new MadeDataset(classes);
    for (int i = 0; i < IMAGES; i++) {
      made.add(Split.TRAIN, MadeDataset.plain("p" + i, i, i, SIDE));
    }
    dataset = made.write(folder);
  }

  @Test
  void mixupMixesPixelsAndLabelsByTheSameShares() {
    Map<String, Mixed> mixed = mixed(new Mixup(0.4, 1, Interval.of(0, 0.5)), 0, IMAGES, 16);
    double sum = 0;
    int alone = 0;
    for (Mixed one : mixed.values()) {
      double expected = one.own * (1 - one.share) + one.other * one.share;
      assertThat((double) one.pixels[0]).isCloseTo(expected, within(1e-3));
      for (float pixel : one.pixels) {
        assertThat(pixel).isEqualTo(one.pixels[0]);
      }
      assertThat(one.share).isBetween(0.0, 0.5);
      sum += one.share;
      alone += one.share == 0 ? 1 : 0;
    }
    // E min(X, 1 - X) of Beta(0.4, 0.4), by numerical integration of its density: 0.1539.
    assertThat(sum / IMAGES).isCloseTo(0.154, within(0.03));
    // Of 201 positions the last one has no partner.
    assertThat(alone).isGreaterThanOrEqualTo(1);
  }

  @Test
  void cutMixLabelsByTheVisibleArea() {
    Map<String, Mixed> mixed = mixed(new CutMix(1, 1, Interval.of(0, 1)), 0, IMAGES, 16);
    int covered = 0;
    for (Mixed one : mixed.values()) {
      int others = 0;
      for (int i = 0; i < PLANE; i++) {
        assertThat(Math.round(one.pixels[i])).isIn(one.own, one.other);
        assertThat(one.pixels[PLANE + i]).isEqualTo(one.pixels[i]);
        others += Math.round(one.pixels[i]) == one.own ? 0 : 1;
      }
      assertThat(one.share).isCloseTo(others / (double) PLANE, within(1e-6));
      covered += others;
    }
    assertThat(covered).isGreaterThan(IMAGES * PLANE / 8);
  }

  @Test
  void shareAndProbabilityCanBeFixed() {
    mixed(new Mixup(0.4, 1, Interval.of(0.3, 0.3)), 0, IMAGES, 16).values().stream()
        .filter(one -> one.other >= 0)
        .forEach(one -> assertThat(one.share).isCloseTo(0.3, within(1e-6)));
    assertThat(mixed(new CutMix(1, 0, Interval.of(0, 1)), 0, IMAGES, 16).values())
        .allSatisfy(one -> assertThat(one.share).isZero());
  }

  @Test
  void sameMixtureInAnyMinibatch() {
    Mixup mixup = new Mixup(1, 1, Interval.of(0, 0.5));
    Map<String, Mixed> whole = mixed(mixup, 0, IMAGES, 16);
    Map<String, Mixed> parts = new HashMap<>(mixed(mixup, 0, 67, 5));
    parts.putAll(mixed(mixup, 67, 134, 7));
    parts.putAll(mixed(mixup, 134, IMAGES, 1));
    assertThat(parts).hasSize(IMAGES);
    parts.forEach((id, one) -> assertThat(one.pixels).as(id).isEqualTo(whole.get(id).pixels));
  }

  private Map<String, Mixed> mixed(Transform mixing, long from, long to, int batch) {
    View view = View.whole(dataset, Split.TRAIN);
    Recipe recipe =
        new Recipe(
            view,
            new InputShape(3, SIDE, SIDE),
            IDENTITY,
            new Chain(List.of(mixing)),
            Levels.UNKNOWN,
            new Shuffle.Full(),
            false,
            3,
            CLASSES);
    Map<String, Mixed> mixed = new HashMap<>();
    Set<String> ids = new HashSet<>();
    try (Feed feed = Feed.training(recipe, 1, from, to, batch)) {
      while (feed.hasNext()) {
        Minibatch minibatch = feed.next();
        for (int i = 0; i < minibatch.size(); i++) {
          assertThat(ids.add(minibatch.ids().get(i))).isTrue();
          mixed.put(minibatch.ids().get(i), Mixed.of(minibatch, i));
        }
      }
    }
    return mixed;
  }

  /**
   * @param own level and label
   * @param other level and label of what was mixed in, -1 if nothing was
   * @param share of the other in the target
   */
  private record Mixed(int own, int other, double share, float[] pixels) {
    static Mixed of(Minibatch minibatch, int index) {
      int own = minibatch.ints(Minibatch.LABELS).at(index);
      int other = -1;
      double share = 0;
      double sum = 0;
      for (int c = 0; c < CLASSES; c++) {
        float target = minibatch.floats(Minibatch.TARGETS).values().get(index * CLASSES + c);
        sum += target;
        if (c != own && target > 0) {
          assertThat(other).isEqualTo(-1);
          other = c;
          share = target;
        }
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
      float[] pixels = new float[3 * PLANE];
      minibatch.floats(Minibatch.IMAGES).values().get(index * pixels.length, pixels);
      return new Mixed(own, other, share, pixels);
    }
  }
}
