package io.millrace.jobs.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RoundsTest {
  @Property
  void assignsEveryImageToOneRoundAndBalancesWorkers(
      @ForAll @IntRange(min = 1, max = 500) int images,
      @ForAll @IntRange(min = 1, max = 9) int workers,
      @ForAll @IntRange(min = 1, max = 40) int batch,
      @ForAll @IntRange(min = 1, max = 9) int every) {
    Rounds rounds = new Rounds(images, workers, batch, every);
    int[] taken = new int[images];
    long[] parts = new long[workers];
    long before = 0;
    for (int round = 0; round < rounds.perEpoch(); round++) {
      assertThat(rounds.seenBefore((long) round * every)).isEqualTo(before);
      long inRound = 0;
      for (int worker = 0; worker < workers; worker++) {
        long from = rounds.from(worker, round);
        long to = rounds.to(worker, round);
        assertThat(to - from).isBetween(0L, (long) batch * every);
        for (long position = from; position < to; position++) {
          taken[(int) position]++;
        }
        parts[worker] += to - from;
        inRound += to - from;
      }
      assertThat(inRound).isPositive().isEqualTo(rounds.inRound(round));
      before += inRound;
    }
    assertThat(taken).containsOnly(1);
    assertThat(Arrays.stream(parts).max().orElseThrow() - Arrays.stream(parts).min().orElseThrow())
        .isLessThanOrEqualTo(1);
  }

  @Property
  void droppingIncompleteMinibatchesKeepsAllFullOnes(
      @ForAll @IntRange(min = 1, max = 500) int images,
      @ForAll @IntRange(min = 1, max = 9) int workers,
      @ForAll @IntRange(min = 1, max = 40) int batch,
      @ForAll @IntRange(min = 1, max = 9) int every) {
    Rounds all = new Rounds(images, workers, batch, every);
    Rounds full = new Rounds(images, workers, batch, every, true);
    long taken = 0;
    for (int worker = 0; worker < workers; worker++) {
      long ofWorker = 0;
      for (int round = 0; round < full.perEpoch(); round++) {
        long count = full.to(worker, round) - full.from(worker, round);
        assertThat(count % batch).isZero();
        ofWorker += count;
      }
      long part = all.from(worker, all.perEpoch()) - all.from(worker, 0);
      assertThat(part - ofWorker).isBetween(0L, batch - 1L);
      taken += ofWorker;
    }
    assertThat(full.examples()).isEqualTo(taken);
    assertThat(all.examples()).isEqualTo(images);
  }
}
