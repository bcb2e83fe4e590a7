package io.millrace.jobs.augment;

import io.millrace.jobs.augment.Transform.Flip;
import io.millrace.jobs.augment.Transform.PadReflect;
import io.millrace.jobs.augment.Transform.RandomCrop;
import java.util.List;
import java.util.Optional;

/**
 * An image's size on its way through a chain, and the first thing that does not fit.
 *
 * @param height -1 while it is not known
 * @param width -1 while it is not known
 */
record Sizes(int height, int width, Optional<String> problem) {
  private static final int UNKNOWN = -1;

  static Sizes unknown() {
    return new Sizes(UNKNOWN, UNKNOWN, Optional.empty());
  }

  static Sizes of(int height, int width) {
    return new Sizes(height, width, Optional.empty());
  }

  Sizes through(Chain chain) {
    Sizes sizes = this;
    List<Transform> transforms = chain.transforms();
    for (int i = 0; i < transforms.size() && sizes.problem.isEmpty(); i++) {
      sizes = sizes.through(transforms.get(i), i, transforms.size());
    }
    return sizes;
  }

  private Sizes through(Transform transform, int position, int length) {
    if (transform instanceof Flip) {
      return this;
    }
    if (transform instanceof PadReflect pad) {
      if (height == UNKNOWN) {
        return this;
      }
      return pad.by() < Math.min(height, width)
          ? of(height + 2 * pad.by(), width + 2 * pad.by())
          : refused(pad, position, length, "can pad by at most " + (Math.min(height, width) - 1));
    }
    RandomCrop crop = (RandomCrop) transform;
    return height == UNKNOWN || crop.size() <= Math.min(height, width)
        ? of(crop.size(), crop.size())
        : refused(crop, position, length, "can be at most " + Math.min(height, width));
  }

  private Sizes refused(Transform transform, int position, int length, String limit) {
    String sentence =
        "%s (transform %d of %d) does not fit images that are %dx%d by then: it %s"
            .formatted(Chain.written(transform), position + 1, length, height, width, limit);
    return new Sizes(height, width, Optional.of(sentence));
  }
}
