package io.millrace.jobs.transform;

/**
 * Moves, repeats and leaves out whole rows and columns: any number of these in a row needs one pass
 * ({@link GatherIndex}).
 */
public non-sealed interface Moving extends Transform {
  /**
   * Applies it to one picture.
   *
   * @param position in the chain, for the draws
   */
  void move(GatherIndex lines, Draws draws, int position);
}
