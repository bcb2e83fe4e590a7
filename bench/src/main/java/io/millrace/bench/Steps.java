package io.millrace.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How long steps of an engine are repeated, the same for ours and for the reference.
 *
 * @param warm steps that are not timed, and as long as {@code warmSeconds}; whichever takes longer
 * @param warmSeconds of steps that are not timed
 * @param timed steps, and as long as {@code seconds}; whichever takes longer
 * @param seconds of timed steps
 */
record Steps(int warm, double warmSeconds, int timed, double seconds) {
  private static final Steps WHOLE = new Steps(5, 8, 7, 10);
  private static final double NANOS = 1e9;

  /** Of a benchmark. */
  static Steps of(Setting setting) {
    return new Steps(
        setting.scaled(WHOLE.warm),
        WHOLE.warmSeconds * setting.scale(),
        setting.scaled(WHOLE.timed),
        WHOLE.seconds * setting.scale());
  }

  /** As arguments of a child process. */
  List<Object> arguments() {
    return List.of(warm, warmSeconds, timed, seconds);
  }

  /** Of such arguments. */
  static Steps of(List<String> arguments) {
    return new Steps(
        Integer.parseInt(arguments.get(0)),
        Double.parseDouble(arguments.get(1)),
        Integer.parseInt(arguments.get(2)),
        Double.parseDouble(arguments.get(3)));
  }

  /** Median seconds of a step. */
  double median(Passes.Pass step) throws IOException {
    repeated(warm, warmSeconds, step);
    return Turns.median(
        repeated(timed, seconds, step).stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static List<Double> repeated(int least, double leastSeconds, Passes.Pass step)
      throws IOException {
    List<Double> took = new ArrayList<>();
    double spent = 0;
    while (took.size() < least || spent < leastSeconds) {
      long start = System.nanoTime();
      step.run();
      double seconds = (System.nanoTime() - start) / NANOS;
      took.add(seconds);
      spent += seconds;
    }
    return took;
  }
}
