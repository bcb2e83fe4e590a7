package io.millrace.jobs.transform;

/** Changes levels, patches, or the size by resampling. */
public non-sealed interface Editing extends Transform {
  /**
   * Applies it to one picture.
   *
   * @param position in the chain, for the draws
   * @param noise of the dataset's levels
   */
  void edit(Canvas canvas, Draws draws, int position, Noise noise);
}
