package io.millrace.jobs.train;

import io.millrace.jobs.card.KeptPicture;
import java.util.ArrayList;
import java.util.List;

/**
 * What the network saw first: pictures of the first worker's first minibatch, augmented.
 *
 * @param pictures in their order
 */
record FirstMinibatch(List<KeptPicture> pictures) {
  static final FirstMinibatch NONE = new FirstMinibatch(List.of());

  /** Its file, and the event that tells it. */
  static final String NAME = "first-minibatch";

  static final String FILE = NAME + ".json";
  private static final int LONGEST = 96;

  static FirstMinibatch of(List<SeenPicture> seen, List<String> classNames) {
    List<KeptPicture> shown = new ArrayList<>();
    for (SeenPicture picture : seen) {
      String label = classNames.get(picture.label());
      shown.add(KeptPicture.of(picture.image(), LONGEST, label, picture.id()));
    }
    return new FirstMinibatch(List.copyOf(shown));
  }
}
