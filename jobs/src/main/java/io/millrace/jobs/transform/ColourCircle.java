package io.millrace.jobs.transform;

/**
 * Colours as hue, saturation and value of 8 bits each, bit for bit as Pillow converts there and
 * back (its {@code rgb2hsv} and {@code hsv2rgb}, after Python's colorsys): which steps are in
 * single and which in double precision matters.
 */
final class ColourCircle {
  private static final int RGB = 3;
  private static final int BRIGHTEST = 255;
  private static final int SIXTHS = 6;

  private ColourCircle() {}

  /**
   * Turns all hues; a grey picture stays as it is.
   *
   * @param by parts of a whole turn, rounded towards 0 to 1/255
   */
  static void turn(Canvas canvas, double by) {
    if (canvas.channels() != RGB) {
      return;
    }
    int steps = (int) (by * BRIGHTEST);
    byte[] pixels = canvas.own();
    int plane = canvas.plane();
    for (int i = 0; i < plane; i++) {
      int red = pixels[i] & 0xFF;
      int green = pixels[plane + i] & 0xFF;
      int blue = pixels[2 * plane + i] & 0xFF;
      int value = Math.max(red, Math.max(green, blue));
      int range = value - Math.min(red, Math.min(green, blue));
      if (range == 0) {
        continue;
      }
      // Saturation loses bits, so that even a colour that is not turned may change by some levels.
      int saturation = (int) ((float) range / value * (double) BRIGHTEST);
      int hue = (hue(red, green, blue, value, range) + steps) & 0xFF;
      put(pixels, i, plane, hue, saturation, value);
    }
  }

  private static int hue(int red, int green, int blue, int value, float range) {
    float fromRed = (value - red) / range;
    float fromGreen = (value - green) / range;
    float fromBlue = (value - blue) / range;
    float sixths;
    if (red == value) {
      sixths = fromBlue - fromGreen;
    } else if (green == value) {
      sixths = (float) (2.0 + fromRed - fromBlue);
    } else {
      sixths = (float) (4.0 + fromGreen - fromRed);
    }
    float turn = (float) ((sixths / (double) SIXTHS + 1.0) % 1.0);
    return (int) (turn * (double) BRIGHTEST);
  }

  private static void put(byte[] pixels, int i, int plane, int hue, int saturation, int value) {
    if (saturation == 0) {
      set(pixels, i, plane, value, value, value);
      return;
    }
    double sixths = hue * (double) SIXTHS / BRIGHTEST;
    int sixth = (int) sixths;
    float rest = (float) (sixths - sixth);
    float share = (float) (saturation / (double) BRIGHTEST);
    int least = (int) Math.round(value * (1.0 - share));
    int falling = (int) Math.round(value * (1.0 - share * rest));
    int rising = (int) Math.round(value * (1.0 - share * (1.0 - rest)));
    switch (sixth % SIXTHS) {
      case 0 -> set(pixels, i, plane, value, rising, least);
      case 1 -> set(pixels, i, plane, falling, value, least);
      case 2 -> set(pixels, i, plane, least, value, rising);
      case 3 -> set(pixels, i, plane, least, falling, value);
      case 4 -> set(pixels, i, plane, rising, least, value);
      default -> set(pixels, i, plane, value, least, falling);
    }
  }

  private static void set(byte[] pixels, int i, int plane, int red, int green, int blue) {
    pixels[i] = (byte) red;
    pixels[plane + i] = (byte) green;
    pixels[2 * plane + i] = (byte) blue;
  }
}
