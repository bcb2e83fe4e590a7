package io.millrace.jobs.random;

/**
 * Standard normal numbers from (seed, name), one after the other: {@link UniformDraws}, its numbers
 * taken in pairs. Not for use by several threads.
 */
public final class NormalDraws {
  private final UniformDraws uniform;
  private NormalPair pair = new NormalPair(0, 0);
  private boolean hasSecond;

  /**
   * @param name of what is drawn, so that draws of one seed differ
   */
  public NormalDraws(long seed, String name) {
    uniform = new UniformDraws(seed, name);
  }

  /** The next number. */
  public double next() {
    if (hasSecond) {
      hasSecond = false;
      return pair.second();
    }
    pair = NormalPair.of(uniform.next(), uniform.next());
    hasSecond = true;
    return pair.first();
  }
}
