package io.millrace.jobs.augment;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.image.resample.PixelsInMemory;
import io.millrace.jobs.page.KeptPicture;
import io.millrace.jobs.random.Bits;
import io.millrace.jobs.transform.Draws;
import io.millrace.jobs.transform.Mixing;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.List;

/** Pictures as squares, to show what a transform that mixes two finished pictures does. */
final class MixedPictures {
  private static final int RGB = 3;

  private final int side;
  private final List<String> ids = new ArrayList<>();
  private final List<Image> squares = new ArrayList<>();

  /**
   * @param side of the squares, in pixels
   */
  MixedPictures(int side) {
    this.side = side;
  }

  void add(String id, Image image) {
    ids.add(id);
    squares.add(
        new PixelsInMemory(image).resized(new Sizing.Covered(side, side)).withChannels(RGB));
  }

  /** Mixes each picture with the next one, and the last with the first. */
  List<KeptPicture> mixed(Mixing mixing, long seed) {
    List<KeptPicture> mixed = new ArrayList<>();
    for (int i = 0; i < squares.size(); i++) {
      float[] own = levels(squares.get(i));
      float[] other = levels(squares.get((i + 1) % squares.size()));
      float[] into = new float[own.length];
      Draws draws = Draws.of(seed, 0, Bits.idHash(ids.get(i)));
      float share = mixing.mix(own, other, into, side, side, draws, 0);
      byte[] pixels = new byte[into.length];
      for (int p = 0; p < pixels.length; p++) {
        pixels[p] = (byte) Math.round(into[p]);
      }
      String label = Amounts.decimal(share, 2) + " of the next";
      mixed.add(KeptPicture.of(new Image(RGB, side, side, pixels), side, label, ids.get(i)));
    }
    return mixed;
  }

  private static float[] levels(Image image) {
    float[] levels = new float[image.pixels().length];
    for (int p = 0; p < levels.length; p++) {
      levels[p] = image.pixels()[p] & 0xFF;
    }
    return levels;
  }
}
