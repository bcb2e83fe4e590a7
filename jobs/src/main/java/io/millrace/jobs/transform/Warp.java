package io.millrace.jobs.transform;

/**
 * Samples a picture by an affine map: bilinear, rounded to the nearest level, and mirrored at the
 * border without repeating the edge. Pixels that map to themselves keep their levels.
 */
final class Warp {
  private Warp() {}

  /** The same size, sampled elsewhere. */
  static void apply(Canvas canvas, Affine map) {
    if (map.equals(Affine.IDENTITY)) {
      return;
    }
    int height = canvas.height();
    int width = canvas.width();
    byte[] from = canvas.pixels();
    byte[] to = canvas.next(height, width);
    int plane = canvas.plane();
    for (int y = 0, at = 0; y < height; y++) {
      for (int x = 0; x < width; x++, at++) {
        double column = map.a() * x + map.b() * y + map.c();
        double row = map.d() * x + map.e() * y + map.f();
        int left = (int) Math.floor(column);
        int top = (int) Math.floor(row);
        float right = (float) (column - left);
        float below = (float) (row - top);
        int x0 = reflected(left, width);
        int x1 = reflected(left + 1, width);
        int y0 = reflected(top, height) * width;
        int y1 = reflected(top + 1, height) * width;
        for (int c = 0; c < canvas.channels(); c++) {
          int base = c * plane;
          float upper = mixed(from[base + y0 + x0], from[base + y0 + x1], right);
          float lower = mixed(from[base + y1 + x0], from[base + y1 + x1], right);
          to[base + at] = (byte) (int) (upper + (lower - upper) * below + 0.5f);
        }
      }
    }
    canvas.turn(height, width);
  }

  private static float mixed(byte one, byte other, float share) {
    int first = one & 0xFF;
    return first + ((other & 0xFF) - first) * share;
  }

  /** The index that a mirror at both ends shows. */
  private static int reflected(int index, int size) {
    if (index >= 0 && index < size) {
      return index;
    }
    if (size == 1) {
      return 0;
    }
    int period = 2 * (size - 1);
    int within = Math.floorMod(index, period);
    return within < size ? within : period - within;
  }
}
