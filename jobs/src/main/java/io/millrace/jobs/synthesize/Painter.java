package io.millrace.jobs.synthesize;

import java.util.SplittableRandom;

/**
 * Paints one motif. Colours, contrast, place, size and angle are drawn at random, so that no single
 * pixel shows the class, and a linear classifier is hardly better than chance.
 */
final class Painter {
  /** Side of a picture in pixels, as in CIFAR-10. */
  static final int SIDE = 32;

  private static final int CHANNELS = 3;
  private static final int PIXELS = SIDE * SIDE;

  /** Each pixel is the mean of this many squared samples, so that edges are smooth. */
  private static final int SAMPLES = 3;

  /** In every channel, on a scale of 0..1, figure and background are on different sides of this. */
  private static final double MIDDLE = 0.45;

  /** The share of pictures whose figure is darker than the background. */
  private static final double NEGATIVES = 0.3;

  /** Motifs are turned by up to this much either way, in radians. */
  private static final double TURN = 0.4;

  /** The centres of shapes are up to this many pixels from the middle, in x and in y. */
  private static final double SLACK = 4;

  private static final int CLUTTER = 2;
  private static final double NOISE = 0.04;

  private final SplittableRandom random;

  Painter(SplittableRandom random) {
    this.random = random;
  }

  /** One picture: {@code [3, 32, 32]} unsigned bytes. */
  byte[] paint(Motif motif) {
    boolean negative = random.nextDouble() < NEGATIVES;
    double[] dark = colour(0, MIDDLE);
    double[] bright = colour(MIDDLE, 1);
    double[] ground = negative ? bright : dark;
    double[] figure = negative ? dark : bright;
    double[] mask = mask(motif);
    double[][] blobs = new double[motif.fillsPicture() ? 0 : CLUTTER][];
    for (int i = 0; i < blobs.length; i++) {
      blobs[i] = new double[] {between(0, SIDE), between(0, SIDE), between(1, 2)};
    }
    double[] clutter = colour(0, 1);
    double slopeX = between(-0.15, 0.15);
    double slopeY = between(-0.15, 0.15);
    byte[] picture = new byte[CHANNELS * PIXELS];
    for (int p = 0; p < PIXELS; p++) {
      double x = p % SIDE;
      double y = Math.floorDiv(p, SIDE);
      double light = slopeX * (x / SIDE - 0.5) + slopeY * (y / SIDE - 0.5);
      boolean covered = covered(blobs, x, y);
      for (int c = 0; c < CHANNELS; c++) {
        double base = covered && mask[p] == 0 ? clutter[c] : ground[c];
        double value = base + (figure[c] - base) * mask[p] + light + noise();
        picture[c * PIXELS + p] = (byte) Math.round(255 * Math.min(1, Math.max(0, value)));
      }
    }
    return picture;
  }

  private double[] mask(Motif motif) {
    double radius = motif.fillsPicture() ? between(9, 14) : between(8, 12);
    double slack = motif.fillsPicture() ? SIDE / 3.0 : SLACK;
    double centreX = SIDE / 2.0 + between(-slack, slack);
    double centreY = SIDE / 2.0 + between(-slack, slack);
    double angle = between(-TURN, TURN);
    double cos = StrictMath.cos(angle) / radius;
    double sin = StrictMath.sin(angle) / radius;
    double[] mask = new double[PIXELS];
    for (int p = 0; p < PIXELS; p++) {
      int hits = 0;
      for (int s = 0; s < SAMPLES * SAMPLES; s++) {
        double dx = p % SIDE + (s % SAMPLES + 0.5) / SAMPLES - centreX;
        double dy = Math.floorDiv(p, SIDE) + (Math.floorDiv(s, SAMPLES) + 0.5) / SAMPLES - centreY;
        if (motif.covers(cos * dx + sin * dy, cos * dy - sin * dx)) {
          hits++;
        }
      }
      mask[p] = hits / (double) (SAMPLES * SAMPLES);
    }
    return mask;
  }

  private static boolean covered(double[][] blobs, double x, double y) {
    for (double[] blob : blobs) {
      if (Math.abs(x - blob[0]) < blob[2] && Math.abs(y - blob[1]) < blob[2]) {
        return true;
      }
    }
    return false;
  }

  private double[] colour(double darkest, double lightest) {
    double[] colour = new double[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      colour[c] = between(darkest, lightest);
    }
    return colour;
  }

  /** Roughly normal with deviation {@link #NOISE}: the sum of four uniform draws. */
  private double noise() {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += random.nextDouble() - 0.5;
    }
    return NOISE * sum * 1.7320508075688772;
  }

  private double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
