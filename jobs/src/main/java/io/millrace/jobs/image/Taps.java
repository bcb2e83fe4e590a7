package io.millrace.jobs.image;

/**
 * The weights of one axis of an antialiased triangle filter, in fixed point: those of Pillow's
 * {@code Resample.c} for BILINEAR, bit for bit.
 *
 * @param first source index of each output's first weight
 * @param count weights of each output
 * @param weights {@code longest} places for each output
 * @param longest the most weights that an output has
 */
record Taps(int[] first, int[] count, int[] weights, int longest) {
  /** Fraction bits: 32 less the 8 of a pixel and 2 of room. */
  static final int BITS = 22;

  /**
   * @param in source length
   * @param out length after scaling
   * @param from first output wanted
   * @param wanted outputs wanted
   */
  static Taps of(int in, int out, int from, int wanted) {
    double scale = (double) in / out;
    double filterScale = Math.max(1, scale);
    double support = filterScale;
    int longest = (int) Math.ceil(support) * 2 + 1;
    int[] first = new int[wanted];
    int[] count = new int[wanted];
    int[] weights = new int[wanted * longest];
    double[] exact = new double[longest];
    double step = 1 / filterScale;
    for (int i = 0; i < wanted; i++) {
      double center = (from + i + 0.5) * scale;
      int low = Math.max(0, (int) (center - support + 0.5));
      int high = Math.min(in, (int) (center + support + 0.5));
      double sum = 0;
      for (int x = low; x < high; x++) {
        double w = Math.max(0, 1 - Math.abs((x - center + 0.5) * step));
        exact[x - low] = w;
        sum += w;
      }
      first[i] = low;
      count[i] = high - low;
      for (int x = 0; x < high - low; x++) {
        weights[i * longest + x] = (int) (0.5 + exact[x] / sum * (1 << BITS));
      }
    }
    return new Taps(first, count, weights, longest);
  }
}
