package io.millrace.bench;

import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A microbenchmark on one thread, by JMH, each run in a JVM of its own.
 *
 * @param name on the command line
 * @param summary for the list
 * @param method the JMH benchmark: class and method
 * @param unit of the figure
 * @param scale one operation a second in that unit
 */
record MicroBenchmark(String name, String summary, String method, String unit, double scale)
    implements Benchmark {
  private static final int WARM_UP_SECONDS = 2;
  private static final int SECONDS = 3;
  private static final int ITERATIONS = 2;

  @Override
  public List<Figure> run(Setting setting) throws IOException {
    double[] speeds = new double[setting.runs()];
    for (int run = 0; run < speeds.length; run++) {
      speeds[run] = scale * operationsPerSecond();
      setting
          .say()
          .accept("run %d of %d: %.4g %s".formatted(run + 1, speeds.length, speeds[run], unit));
    }
    return List.of(Figure.alone(summary, Turns.median(speeds), unit));
  }

  private double operationsPerSecond() {
    try {
      RunResult result =
          new Runner(
                  new OptionsBuilder()
                      .include(method.replace(".", "\\.") + "$")
                      .forks(1)
                      .warmupIterations(ITERATIONS)
                      .warmupTime(TimeValue.seconds(WARM_UP_SECONDS))
                      .measurementIterations(ITERATIONS)
                      .measurementTime(TimeValue.seconds(SECONDS))
                      .verbosity(VerboseMode.SILENT)
                      .build())
              .runSingle();
      return result.getPrimaryResult().getScore();
    } catch (RunnerException e) {
      throw new IllegalStateException("Cannot run " + method, e);
    }
  }
}
