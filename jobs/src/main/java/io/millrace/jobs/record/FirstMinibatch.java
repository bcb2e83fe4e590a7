package io.millrace.jobs.record;

import io.millrace.jobs.averaging.TrainingPhase;
import io.millrace.jobs.feed.ImageExamples;
import io.millrace.jobs.feed.Minibatches;
import io.millrace.jobs.feed.Recipe;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.page.KeptPicture;
import io.millrace.jobs.tensor.Minibatch;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first pictures that the network saw: those of the first worker's first minibatch, augmented,
 * shown without the normalisation.
 *
 * @param pictures in their order
 */
public record FirstMinibatch(List<KeptPicture> pictures) {
  /** Nothing was kept. */
  public static final FirstMinibatch NONE = new FirstMinibatch(List.of());

  /** The name of its event. */
  public static final String NAME = "first-minibatch";

  private static final int LONGEST = 96;
  private static final int MOST = 16;

  /**
   * Made by a feed in this process, which gives the same as the worker's: tasks carry no pictures.
   *
   * @param phase the first of the training
   * @param examples of that phase
   * @return nothing if the first worker has no pictures
   */
  public static Optional<FirstMinibatch> of(
      TrainingPhase phase, ImageExamples examples, List<String> classNames) {
    int batch = phase.rounds().batch();
    long end = Math.min(batch, phase.rounds().to(0, 0));
    try (Minibatches feed = examples.training(0, 0, end, batch)) {
      return feed.hasNext()
          ? Optional.of(shown(feed.next(), examples.recipe(), classNames))
          : Optional.empty();
    }
  }

  private static FirstMinibatch shown(Minibatch batch, Recipe recipe, List<String> classNames) {
    List<KeptPicture> shown = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST, batch.size()); i++) {
      String label = classNames.get(batch.ints(Minibatch.LABELS).at(i));
      Image seen = seen(batch.floats(Minibatch.IMAGES).values(), i, recipe);
      shown.add(KeptPicture.of(seen, LONGEST, label, batch.ids().get(i)));
    }
    return new FirstMinibatch(List.copyOf(shown));
  }

  /** A picture of a minibatch as unsigned bytes. */
  public static Image seen(FloatBuffer values, int picture, Recipe recipe) {
    int height = recipe.input().height();
    int width = recipe.input().width();
    byte[] pixels = new byte[recipe.input().size()];
    for (int p = 0; p < pixels.length; p++) {
      float value = values.get(picture * pixels.length + p);
      pixels[p] = recipe.normaliser().level(p / (height * width), value);
    }
    return new Image(recipe.input().channels(), height, width, pixels);
  }
}
