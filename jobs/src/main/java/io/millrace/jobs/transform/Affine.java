package io.millrace.jobs.transform;

/**
 * Where the pixels of a result come from: the source's column is {@code a x + b y + c} and its row
 * {@code d x + e y + f}, in pixels from the centre of the first one.
 */
public record Affine(double a, double b, double c, double d, double e, double f) {
  /** Leaves every pixel where it is. */
  public static final Affine IDENTITY = new Affine(1, 0, 0, 0, 1, 0);

  /** The map of a picture that goes through this first and then through {@code next}. */
  public Affine then(Affine next) {
    return new Affine(
        a * next.a + b * next.d,
        a * next.b + b * next.e,
        a * next.c + b * next.f + c,
        d * next.a + e * next.d,
        d * next.b + e * next.e,
        d * next.c + e * next.f + f);
  }
}
