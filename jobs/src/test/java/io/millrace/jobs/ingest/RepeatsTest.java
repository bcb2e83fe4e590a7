package io.millrace.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.random.Bits;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RepeatsTest {
  @Test
  void ignoresNumbersThatOccurOnce() throws Exception {
    assertThat(found(sink -> {}, 0, 0)).isEmpty();
    assertThat(found(numbers(5, -1, Long.MAX_VALUE, Long.MIN_VALUE, 0), 5, 0)).isEmpty();
  }

  @Test
  void findsRepeatsWithTheirCounts() throws Exception {
    assertThat(found(numbers(7, -1, 7, Long.MIN_VALUE, 7, -1, 8), 7, 0))
        .containsOnly(Map.entry(7L, 3), Map.entry(-1L, 2));
  }

  @Test
  void ignoresLowBits() throws Exception {
    assertThat(found(numbers(4, 5, 7, 8, -4, -1), 6, 2))
        .containsOnly(Map.entry(4L, 3), Map.entry(-4L, 2));
  }

  @Test
  void findsRepeatsInPassesWhenMemoryIsShort() throws Exception {
    int distinct = Repeats.HELD + 1000;
    int[] passes = new int[1];
    Map<Long, Integer> found =
        found(
            sink -> {
              passes[0]++;
              for (int i = 0; i < distinct; i++) {
                sink.number(Bits.absorb(1, i));
              }
              for (int i = 0; i < 5; i++) {
                sink.number(Bits.absorb(1, 17 + i * 1000L));
              }
            },
            distinct + 5L,
            0);
    assertThat(passes[0]).isGreaterThan(1);
    assertThat(found).hasSize(5).containsEntry(Bits.absorb(1, 17), 2);
  }

  @Test
  void countsMoreEqualNumbersThanFitInMemory() throws Exception {
    int count = Repeats.HELD + 5;
    for (long equal : new long[] {-1, 0, 12345}) {
      Map<Long, Integer> found =
          found(
              sink -> {
                for (int i = 0; i < count; i++) {
                  sink.number(equal);
                }
              },
              count,
              0);
      assertThat(found).containsOnly(Map.entry(equal, count));
    }
  }

  private static Repeats.Stream numbers(long... numbers) {
    return sink -> {
      for (long number : numbers) {
        sink.number(number);
      }
    };
  }

  private static Map<Long, Integer> found(Repeats.Stream stream, long count, int lowBits)
      throws IOException {
    Map<Long, Integer> found = new TreeMap<>();
    Repeats.find(
        stream,
        count,
        lowBits,
        (sorted, from, to) -> assertThat(found.put(sorted[from], to - from)).isNull());
    return found;
  }
}
