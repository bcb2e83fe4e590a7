package io.millrace.jobs.random;

/**
 * Numbers evenly between 0 and 1 from (seed, name), one after the other: SplitMix64 (Steele, Lea
 * and Flood 2014). Not for use by several threads.
 */
public final class UniformDraws {
  private long state;

  /**
   * @param name of what is drawn, so that draws of one seed differ
   */
  public UniformDraws(long seed, String name) {
    state = Bits.mix(seed);
    for (int i = 0; i < name.length(); i++) {
      state = Bits.mix(state + Bits.GOLDEN_GAMMA + name.charAt(i));
    }
  }

  /** The next number: 0..1, 1 excluded. */
  public double next() {
    state += Bits.GOLDEN_GAMMA;
    return Bits.unit(Bits.mix(state));
  }
}
