package io.millrace.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CheckpointClockTest {
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void checkpointIsDueAfterTheFirstRoundThenByTime() {
    CheckpointClock clock = clock(Optional.empty(), Optional.empty());
    assertThat(clock.isDue(1, false)).isTrue();
    clock.written(1);
    assertThat(clock.isDue(2, false)).isFalse();
    nanos.addAndGet(Duration.ofSeconds(59).toNanos());
    assertThat(clock.isDue(90, false)).isFalse();
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(clock.isDue(91, false)).isTrue();
    clock.written(91);
    assertThat(clock.isDue(92, false)).isFalse();
    assertThat(clock.lastWritten()).contains(91);
  }

  @Test
  void checkpointIsDueByRoundsIfConfigured() {
    CheckpointClock clock = clock(Optional.of(5), Optional.of(10));
    assertThat(clock.isDue(14, false)).isFalse();
    assertThat(clock.isDue(15, false)).isTrue();
  }

  @Test
  void checkpointIsDueAtTheEndOfAnEpoch() {
    CheckpointClock clock = clock(Optional.empty(), Optional.of(10));
    assertThat(clock.isDue(11, false)).isFalse();
    assertThat(clock.isDue(11, true)).isTrue();
  }

  private CheckpointClock clock(Optional<Integer> everyRounds, Optional<Integer> resumedFrom) {
    Checkpointing configured = new Checkpointing(everyRounds, Duration.ofSeconds(60), 3);
    return new CheckpointClock(configured, resumedFrom, nanos::get);
  }
}
