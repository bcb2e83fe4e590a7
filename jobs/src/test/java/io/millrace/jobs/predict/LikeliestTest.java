package io.millrace.jobs.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LikeliestTest {
  private static final int CLASSES = 9;

  @Test
  void likeliestClassesEqualThoseOfASortedRow() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      float[] all = new float[2 * CLASSES];
      for (int i = 0; i < all.length; i++) {
        // Few levels, so that many are equal.
        all[i] = random.nextInt(5) / 4f;
      }
      int most = 1 + random.nextInt(CLASSES);
      List<Integer> sorted =
          IntStream.range(0, CLASSES)
              .boxed()
              .sorted(Comparator.comparing((Integer label) -> -all[CLASSES + label]))
              .limit(most)
              .toList();
      Likeliest best = Likeliest.of(all, CLASSES, CLASSES, most);
      assertThat(IntStream.of(best.labels()).boxed()).containsExactlyElementsOf(sorted);
      for (int i = 0; i < most; i++) {
        assertThat(best.probabilities()[i]).isEqualTo(all[CLASSES + sorted.get(i)]);
      }
    }
  }

  @Test
  void takesTheOnlyClass() {
    assertThat(Likeliest.of(new float[] {1}, 0, 1, 1).labels()).containsExactly(0);
  }
}
