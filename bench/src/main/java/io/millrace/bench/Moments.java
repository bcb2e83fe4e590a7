package io.millrace.bench;

import io.millrace.pipeline.CannotException;
import java.nio.FloatBuffer;

/**
 * Mean and deviation of floats. Ours and a reference draw different crops, so their results can
 * only be similar, not equal. A chain that pads, covers or normalises differently is found by this.
 */
final class Moments {
  /** Different draws differ by less, mistakes by more; the deviation itself is about 1. */
  private static final double ALIKE = 0.03;

  private long count;
  private double sum;
  private double squares;

  void add(float[] floats) {
    add(FloatBuffer.wrap(floats));
  }

  /** All of a buffer, which stays as it is. */
  void add(FloatBuffer floats) {
    for (int i = 0; i < floats.limit(); i++) {
      float value = floats.get(i);
      sum += value;
      squares += (double) value * value;
    }
    count += floats.limit();
  }

  void add(Moments other) {
    count += other.count;
    sum += other.sum;
    squares += other.squares;
  }

  /** As the scripts print it: mean, a space, deviation. */
  @Override
  public String toString() {
    double mean = sum / count;
    return mean + " " + Math.sqrt(squares / count - mean * mean);
  }

  /**
   * @param ours as printed
   * @param theirs as printed
   * @throws CannotException if they are not alike
   */
  static void requireAlike(String ours, String theirs, String script) {
    String[] mine = ours.split(" ", 2);
    String[] others = theirs.split(" ", 2);
    for (int i = 0; i < 2; i++) {
      double apart = Double.parseDouble(mine[i]) - Double.parseDouble(others[i]);
      // Negated, so that NaN is refused.
      if (!(Math.abs(apart) <= ALIKE)) {
        throw new CannotException(
            "compare ours with " + script,
            "mean and deviation of what they make differ (%s, %s)".formatted(ours, theirs));
      }
    }
  }
}
