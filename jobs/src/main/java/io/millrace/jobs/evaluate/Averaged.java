package io.millrace.jobs.evaluate;

import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.transform.TestTimeSet;
import java.util.Optional;

/**
 * The variants of a picture whose predictions are averaged.
 *
 * @param set name of the test-time set
 * @param variants of each picture
 * @param from the shorter side that pictures were resized to before they were cropped; null if they
 *     weren't
 */
record Averaged(String set, int variants, Integer from) {

  /** Empty if there is only the picture itself. */
  static Optional<Averaged> of(TestTimeSet set, InputShape input) {
    int variants = set.forms(input.height(), input.width()).size();
    return variants == 1
        ? Optional.empty()
        : Optional.of(new Averaged(set.text(), variants, set.from(input.height()).orElse(null)));
  }

  /** A text for the report. */
  String note() {
    return "mean of "
        + variants
        + " variants of each picture"
        + (from == null ? "" : ", resized to " + from);
  }
}
