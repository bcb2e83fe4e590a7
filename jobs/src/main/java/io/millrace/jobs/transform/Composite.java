package io.millrace.jobs.transform;

import java.util.List;

/** A name for several transforms, done one after the other; it draws by keys of its own. */
public non-sealed interface Composite extends Transform {
  /** The transforms, in order. */
  List<Transform> parts();

  @Override
  default Sizes through(Sizes sizes) {
    Sizes now = sizes;
    for (Transform part : parts()) {
      now = part.through(now);
      if (now.limit().isPresent()) {
        return sizes.refuse("has " + part.text() + ", which " + now.limit().get());
      }
    }
    return now;
  }
}
