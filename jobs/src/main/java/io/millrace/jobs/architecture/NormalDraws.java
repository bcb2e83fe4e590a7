package io.millrace.jobs.architecture;

/**
 * Standard normal numbers from (seed, name): SplitMix64 (Steele, Lea and Flood 2014) through the
 * polar-free form of Box and Muller (1958). Own code with {@link StrictMath}, so that a later JDK
 * draws the same weights.
 */
final class NormalDraws {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;

  private long state;
  private double spare;
  private boolean hasSpare;

  NormalDraws(long seed, String name) {
    state = mix(seed);
    for (int i = 0; i < name.length(); i++) {
      state = mix(state + GOLDEN_GAMMA + name.charAt(i));
    }
  }

  double next() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    // 1 - u lies in (0, 1], where the logarithm is finite.
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
    double angle = 2 * Math.PI * uniform();
    spare = radius * StrictMath.sin(angle);
    hasSpare = true;
    return radius * StrictMath.cos(angle);
  }

  private double uniform() {
    state += GOLDEN_GAMMA;
    return (mix(state) >>> 11) * UNIT;
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
