package io.millrace.jobs.synthesize;

import java.util.Locale;

/**
 * The ten classes: which points belong to the figure and which to the background. Coordinates are
 * relative to the motif's centre, turned by its angle and divided by its radius, so that the
 * figures lie within the unit circle.
 */
enum Motif {
  DISC {
    @Override
    boolean covers(double x, double y) {
      return x * x + y * y < 0.8;
    }
  },
  RING {
    @Override
    boolean covers(double x, double y) {
      double square = x * x + y * y;
      return square < 1 && square > 0.36;
    }
  },
  SQUARE {
    @Override
    boolean covers(double x, double y) {
      return Math.max(Math.abs(x), Math.abs(y)) < 0.75;
    }
  },
  TRIANGLE {
    @Override
    boolean covers(double x, double y) {
      return y > -0.5 && y + SQRT3 * Math.abs(x) < 1;
    }
  },
  CROSS {
    @Override
    boolean covers(double x, double y) {
      double small = Math.min(Math.abs(x), Math.abs(y));
      return small < 0.28 && Math.max(Math.abs(x), Math.abs(y)) < 1;
    }
  },
  CRESCENT {
    @Override
    boolean covers(double x, double y) {
      return x * x + y * y < 1 && (x - 0.55) * (x - 0.55) + y * y > 0.64;
    }
  },
  STRIPES {
    @Override
    boolean covers(double x, double y) {
      return wave(x) > 0;
    }

    @Override
    boolean fillsPicture() {
      return true;
    }
  },
  CHECKER {
    @Override
    boolean covers(double x, double y) {
      return wave(x) * wave(y) > 0;
    }

    @Override
    boolean fillsPicture() {
      return true;
    }
  },
  DOTS {
    @Override
    boolean covers(double x, double y) {
      return wave(x) + wave(y) > 1;
    }

    @Override
    boolean fillsPicture() {
      return true;
    }
  },
  TARGET {
    @Override
    boolean covers(double x, double y) {
      return wave(StrictMath.sqrt(x * x + y * y)) > 0;
    }

    @Override
    boolean fillsPicture() {
      return true;
    }
  };

  private static final double SQRT3 = 1.7320508075688772;

  /** One period over a length of 0.8. */
  private static double wave(double t) {
    return StrictMath.sin(t * (2 * Math.PI / 0.8));
  }

  /** Whether the point belongs to the figure. */
  abstract boolean covers(double x, double y);

  /** A texture covers the whole picture; a shape only its own circle. */
  boolean fillsPicture() {
    return false;
  }

  /** The class's name. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
