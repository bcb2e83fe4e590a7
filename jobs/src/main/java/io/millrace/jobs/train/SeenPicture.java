package io.millrace.jobs.train;

import io.millrace.jobs.feed.Minibatch;
import io.millrace.jobs.feed.Recipe;
import io.millrace.jobs.image.Image;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A picture as the network got it: augmented, and no longer normalised.
 *
 * @param id of the picture
 * @param label its class
 * @param channels 1 or 3
 * @param height in pixels
 * @param width in pixels
 * @param pixels unsigned bytes in CHW order
 */
record SeenPicture(String id, int label, int channels, int height, int width, byte[] pixels) {
  private static final int MOST = 16;

  /** The first few of a minibatch. */
  static List<SeenPicture> of(Minibatch batch, Recipe recipe) {
    int channels = recipe.input().channels();
    int height = recipe.input().height();
    int width = recipe.input().width();
    FloatBuffer values = batch.images().values();
    List<SeenPicture> pictures = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST, batch.size()); i++) {
      byte[] pixels = new byte[recipe.input().size()];
      for (int p = 0; p < pixels.length; p++) {
        float value = values.get(i * pixels.length + p);
        pixels[p] = recipe.normaliser().level(p / (height * width), value);
      }
      pictures.add(
          new SeenPicture(batch.ids().get(i), batch.labels()[i], channels, height, width, pixels));
    }
    return List.copyOf(pictures);
  }

  Image image() {
    return new Image(channels, height, width, pixels);
  }
}
