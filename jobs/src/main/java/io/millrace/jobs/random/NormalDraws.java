package io.millrace.jobs.random;

/**
 * Standard normal numbers from (seed, name), one after the other: SplitMix64 (Steele, Lea and Flood
 * 2014), its numbers taken in pairs. Not for use by several threads.
 */
public final class NormalDraws {
  private long state;
  private NormalPair pair = new NormalPair(0, 0);
  private boolean hasSecond;

  /**
   * @param name of what is drawn, so that draws of one seed differ
   */
  public NormalDraws(long seed, String name) {
    state = Bits.mix(seed);
    for (int i = 0; i < name.length(); i++) {
      state = Bits.mix(state + Bits.GOLDEN_GAMMA + name.charAt(i));
    }
  }

  /** The next number. */
  public double next() {
    if (hasSecond) {
      hasSecond = false;
      return pair.second();
    }
    pair = NormalPair.of(uniform(), uniform());
    hasSecond = true;
    return pair.first();
  }

  private double uniform() {
    state += Bits.GOLDEN_GAMMA;
    return Bits.unit(Bits.mix(state));
  }
}
