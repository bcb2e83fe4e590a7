package io.millrace.jobs.evaluate;

import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.transform.TestTimeSet;
import java.util.Optional;

/**
 * What each prediction of an evaluation is the mean of.
 *
 * @param set name of the test-time set
 * @param variants of each picture
 * @param from shorter side that pictures were brought to before they were cut; null if they weren't
 */
record Averaged(String set, int variants, Integer from) {

  /** Empty if a prediction is of the picture alone. */
  static Optional<Averaged> of(TestTimeSet set, InputShape input) {
    int variants = set.forms(input.height(), input.width()).size();
    return variants == 1
        ? Optional.empty()
        : Optional.of(new Averaged(set.text(), variants, set.from(input.height()).orElse(null)));
  }

  /** In words. */
  String note() {
    return "mean of "
        + variants
        + " variants a picture"
        + (from == null ? "" : ", brought to " + from);
  }
}
