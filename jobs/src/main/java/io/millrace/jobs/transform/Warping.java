package io.millrace.jobs.transform;

/**
 * Samples the picture at other places, by a map that keeps lines straight: any number of these in a
 * row samples only once ({@link Warp}).
 */
public non-sealed interface Warping extends Transform {
  /**
   * The map for one picture.
   *
   * @param position in the chain, for the draws
   */
  Affine map(int height, int width, Draws draws, int position);
}
