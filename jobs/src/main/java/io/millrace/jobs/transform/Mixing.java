package io.millrace.jobs.transform;

/**
 * Mixes a part of another picture into one, and the labels likewise. It can only be the last of a
 * chain: all transforms before it have been applied to both pictures.
 */
public non-sealed interface Mixing extends Transform {
  /**
   * Mixes.
   *
   * @param own values of the picture in CHW order; left as they are
   * @param other as many values of the other picture; left as they are
   * @param into where the mixture is written
   * @param draws of the picture
   * @param position in the chain
   * @return the other picture's share of the label, 0..1
   */
  float mix(
      float[] own, float[] other, float[] into, int height, int width, Draws draws, int position);
}
