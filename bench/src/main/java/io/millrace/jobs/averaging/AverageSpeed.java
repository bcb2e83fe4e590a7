package io.millrace.jobs.averaging;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An operation is the mean of two workers' weights and momentum, 1.23 million each. */
@State(Scope.Thread)
public class AverageSpeed {
  private final TrainingState before = TwoWorkers.before();
  private final List<WorkerRound> results = TwoWorkers.results();

  /** Measured by JMH. */
  @Benchmark
  public Object average() {
    return Average.of(before, results);
  }
}
