package io.millrace.jobs.transform;

/**
 * Puts something of another picture into one, and of the other's label into its label. It can only
 * be the last of a chain: both pictures have been through what stands before it.
 */
public non-sealed interface Mixing extends Transform {
  /**
   * Mixes.
   *
   * @param own values of the picture in CHW order; left as they are
   * @param other as many values of the other picture; left as they are
   * @param into takes the mixture
   * @param draws of the picture
   * @param position in the chain
   * @return the other picture's share of the label, 0..1
   */
  float mix(
      float[] own, float[] other, float[] into, int height, int width, Draws draws, int position);
}
