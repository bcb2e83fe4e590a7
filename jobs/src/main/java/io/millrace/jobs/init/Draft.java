package io.millrace.jobs.init;

import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.text.Amounts;
import java.util.Optional;

/**
 * The decisions about a pipeline for these pictures.
 *
 * @param survey of the pictures
 * @param gray whether they are stored with one channel
 * @param resize the value of the key {@code resize}; empty if they keep their sizes
 * @param training empty if there is nothing to train
 * @param untrained why nothing is trained; empty if there is a training
 */
record Draft(
    Survey survey,
    boolean gray,
    Optional<String> resize,
    Optional<Training> training,
    String untrained) {
  /** With larger pictures, training on a laptop takes more than minutes. */
  private static final int LARGEST = 64;

  private static final int STEP = 8;

  static Draft of(Survey survey) {
    String untrained = untrained(survey);
    if (survey.sizes().isEmpty()) {
      return new Draft(
          survey, survey.channels() == 1, Optional.empty(), Optional.empty(), untrained);
    }
    MeasuredSizes sizes = survey.sizes().get();
    boolean gray = survey.channels() == 1 || sizes.gray();
    MeasuredSizes.Size size = sizes.least();
    Optional<String> resize = Optional.empty();
    if (!sizes.isOne() || Math.max(size.height(), size.width()) > LARGEST) {
      int side = side(sizes.shorter());
      size = new MeasuredSizes.Size(side, side);
      resize = Optional.of("{ shorter = " + side + ", crop = " + side + " }");
    } else if (!sizes.all() && !survey.raw()) {
      resize = Optional.of("{ exact = [" + size.height() + ", " + size.width() + "] }");
    }
    Optional<Training> training =
        untrained.isEmpty()
            ? Optional.of(Training.of(survey, gray ? 1 : 3, size))
            : Optional.empty();
    return new Draft(survey, gray, resize, training, untrained);
  }

  /** The largest side that enlarges few pictures. */
  private static int side(int shorter) {
    return shorter >= LARGEST ? LARGEST : shorter >= STEP ? shorter / STEP * STEP : shorter;
  }

  private static String untrained(Survey survey) {
    if (survey.sizes().isEmpty()) {
      return "it is compressed and too large to look into, so its classes are not known";
    }
    Optional<Split> split = Training.trained(survey.counts());
    if (split.isEmpty()) {
      return "the pictures have no labels: put them into a folder for each class, or give a file of"
          + " labels (docs/sources.md)";
    }
    Survey.Count count = survey.counts().get(split.get());
    if (count.labelled() < count.pictures()) {
      return "only %s of the %s in split %s have a label"
          .formatted(
              Amounts.count(count.labelled()),
              Amounts.count(count.pictures(), "picture"),
              split.get().text());
    }
    boolean one = survey.classes().size() < 2 || (count.classes() < 2 && !count.more());
    return one ? "all pictures are of one class, and training needs at least two" : "";
  }

  /** Whether pictures are also mirrored: photographs may be, digits and drawings may not. */
  boolean flips() {
    return !gray || survey.sizes().filter(it -> it.shorter() >= LARGEST).isPresent();
  }

  /** The share of damaged pictures that ingest must allow, in percent; 0 for its own default. */
  int quarantine() {
    // A sample gives a share only roughly.
    return survey.damaged() == 0 ? 0 : (int) Math.min(100, Math.ceil(150 * survey.damaged()) + 1);
  }
}
