package io.millrace.jobs.transform;

import io.millrace.jobs.image.Luma;

/**
 * Blends pictures with a plainer one, or moves them away from it, as Pillow's {@code ImageEnhance}
 * does it: level {@code plain + factor (level - plain)} in single precision, cut to 0..255, rounded
 * down.
 */
final class Blend {
  private static final int RGB = 3;
  private static final int LEVELS = 256;
  private static final int BRIGHTEST = 255;

  private Blend() {}

  /** Towards black. */
  static void brightness(Canvas canvas, double factor) {
    look(canvas, 0, (float) factor);
  }

  /** Towards the mean of the picture's grey, rounded. */
  static void contrast(Canvas canvas, double factor) {
    byte[] pixels = canvas.pixels();
    int plane = canvas.plane();
    long sum = 0;
    for (int i = 0; i < plane; i++) {
      sum += gray(pixels, i, plane, canvas.channels());
    }
    look(canvas, (int) ((double) sum / plane + 0.5), (float) factor);
  }

  /** Towards the picture's grey; a grey picture stays as it is. */
  static void saturation(Canvas canvas, double factor) {
    if (canvas.channels() != RGB) {
      return;
    }
    byte[] pixels = canvas.own();
    int plane = canvas.plane();
    for (int i = 0; i < plane; i++) {
      int gray = gray(pixels, i, plane, RGB);
      for (int at = i; at < RGB * plane; at += plane) {
        pixels[at] = level(gray, pixels[at] & 0xFF, (float) factor);
      }
    }
  }

  private static int gray(byte[] pixels, int i, int plane, int channels) {
    int first = pixels[i] & 0xFF;
    return channels == RGB
        ? Luma.of(first, pixels[plane + i] & 0xFF, pixels[2 * plane + i] & 0xFF)
        : first;
  }

  private static void look(Canvas canvas, int plain, float factor) {
    byte[] table = new byte[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      table[level] = level(plain, level, factor);
    }
    byte[] pixels = canvas.own();
    int size = canvas.size();
    for (int i = 0; i < size; i++) {
      pixels[i] = table[pixels[i] & 0xFF];
    }
  }

  private static byte level(int plain, int level, float factor) {
    float blended = plain + factor * (level - plain);
    return (byte) (int) Math.min(BRIGHTEST, Math.max(0, blended));
  }
}
