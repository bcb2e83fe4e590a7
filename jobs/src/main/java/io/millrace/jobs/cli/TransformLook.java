package io.millrace.jobs.cli;

import io.millrace.jobs.augment.AugmentJob;
import io.millrace.jobs.augment.AugmentParameters;
import io.millrace.jobs.augment.TransformGallery;
import io.millrace.jobs.page.Thumbnails;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.transform.Levels;
import io.millrace.jobs.transform.Transform;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.job.Variant;
import io.millrace.pipeline.spec.FlagReader;
import io.millrace.pipeline.spec.Variants;
import io.millrace.pipeline.store.Places;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code look --transforms}: what transforms make of a dataset's pictures. */
public final class TransformLook {
  /** The option that chooses the transforms. */
  public static final String OPTION = "--transforms";

  /** In place of a list: an example of each kind of transform. */
  static final String ALL = "all";

  private static final int EPOCHS = 4;
  private static final int PICTURES = 16;
  private static final int LONGEST = 128;

  /** Characters that the pictures of a page take at most. */
  private static final long ROOM = 4_500_000;

  private TransformLook() {}

  /**
   * @param given a list in HOCON, or {@link #ALL}
   * @throws ConfigurationException if it is not a list of transforms
   */
  public static Card card(Dataset dataset, String given) throws IOException {
    if (given.equals(ALL)) {
      TransformGallery gallery = new TransformGallery(dataset, dataset.shards(), Levels.UNKNOWN, 0);
      for (Variant variant : Variants.of(Transform.class)) {
        example(dataset, variant).forEach(gallery::addAlone);
      }
      return card(gallery);
    }
    List<Transform> transforms = transforms(dataset, given);
    TransformGallery gallery = new TransformGallery(dataset, dataset.shards(), Levels.UNKNOWN, 0);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      gallery.addTogether("All together, epoch " + (epoch + 1), transforms, epoch);
    }
    for (int i = 0; i < transforms.size() && transforms.size() > 1; i++) {
      gallery.addAlone(transforms.get(i));
    }
    return card(gallery);
  }

  /**
   * The example of a kind; none for those that need several pictures, which a training's report
   * shows.
   */
  private static List<Transform> example(Dataset dataset, Variant variant) {
    try {
      return transforms(dataset, "[" + variant.example() + "]");
    } catch (ConfigurationException needsMinibatches) {
      return List.of();
    }
  }

  private static Card card(TransformGallery gallery) throws IOException {
    return new Card(gallery.draw(PICTURES, LONGEST).blocks(new Thumbnails(ROOM)));
  }

  /** Reads the list as an augment stage does. */
  private static List<Transform> transforms(Dataset dataset, String list) {
    Map<String, String> flags = Map.of("shards", Places.text(dataset.root()), "transforms", list);
    AugmentParameters parameters =
        (AugmentParameters) FlagReader.read(new AugmentJob(), flags).parameters();
    if (parameters.transforms().isEmpty()) {
      throw new ConfigurationException(
          List.of(
              new Problem(
                  TransformLook.OPTION,
                  "the list is empty; write all for an example of each kind")));
    }
    return parameters.transforms();
  }
}
