package io.millrace.jobs.augment;

/**
 * Moves, repeats and leaves out whole rows and columns: any number of these in a row is one gather
 * ({@link Lines}).
 */
public non-sealed interface Moving extends Transform {
  /**
   * Does it to one picture.
   *
   * @param position in the chain, for the draws
   */
  void move(Lines lines, Draws draws, int position);
}
