package io.millrace.jobs.transform;

import io.millrace.jobs.image.Image;
import io.millrace.pipeline.CannotException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Transforms one after the other, applied to the pixels before they are normalised. Each draws by
 * its position in the chain, counted from 0 ({@link Draws}).
 *
 * @param transforms in order
 */
public record Chain(List<Transform> transforms) implements Serializable {
  /** Leaves every image as it is. */
  public static final Chain NONE = new Chain(List.of());

  /** Copies the list. */
  public Chain {
    transforms = List.copyOf(transforms);
  }

  /**
   * The transform at the end of the chain that mixes two pictures, which the chain itself does not
   * apply; empty if there is none.
   */
  public Optional<Mixing> mixing() {
    return transforms.isEmpty()
        ? Optional.empty()
        : Optional.of(transforms.get(transforms.size() - 1))
            .filter(Mixing.class::isInstance)
            .map(Mixing.class::cast);
  }

  /**
   * Whether the chain begins with a transform that needs only a part of a picture or a smaller
   * form.
   */
  public boolean opens() {
    return !transforms.isEmpty() && transforms.get(0) instanceof Opening;
  }

  /**
   * Why the chain can't be applied to single pictures: it mixes pictures, or draws for a minibatch.
   *
   * @return a sentence that names the transform and its position; empty if it can
   */
  public Optional<String> problemAlone() {
    for (int i = 0; i < transforms.size(); i++) {
      Transform transform = transforms.get(i);
      if (transform instanceof Mixing || transform instanceof PerMinibatch) {
        String why =
            transform instanceof Mixing
                ? "mixes labels, which rows of a shard can't hold"
                : "works on minibatches, not on single pictures";
        return Optional.of("%s %s; use it in train".formatted(named(i), why));
      }
    }
    return Optional.empty();
  }

  /**
   * What is wrong with the chain for images of any size: sizes are known from the first crop on.
   *
   * @return a sentence that names the transform and its position; empty if nothing is wrong
   */
  public Optional<String> problem() {
    return problem(Sizes.unknown());
  }

  /**
   * Why the chain can't bring images of any size to this one, as far as that is clear without an
   * image.
   *
   * @return a sentence that names the transform and its position; empty if no reason is known
   */
  public Optional<String> problemGiving(int height, int width) {
    Optional<String> problem = problem();
    return problem.isPresent() ? problem : problemGiving(Sizes.unknown(), height, width);
  }

  /**
   * Checks that the chain brings images of a size to the one that the network takes.
   *
   * @throws CannotException if a transform does not fit, or the result is of another size
   */
  public void checkGives(int fromHeight, int fromWidth, int height, int width) {
    Sizes from = Sizes.of(fromHeight, fromWidth);
    problem(from)
        .or(() -> problemGiving(from, height, width))
        .ifPresent(
            why -> {
              throw new CannotException("augment images of " + fromHeight + "x" + fromWidth, why);
            });
  }

  private Optional<String> problemGiving(Sizes from, int height, int width) {
    Sizes sizes = from;
    String cause = "the chain leaves images";
    for (int i = 0; i < transforms.size(); i++) {
      Sizes next = transforms.get(i).through(sizes);
      if (!next.equals(sizes)) {
        cause = named(i) + " makes images";
      }
      sizes = next;
    }
    if (!sizes.isKnown() || (sizes.height() == height && sizes.width() == width)) {
      return Optional.empty();
    }
    return Optional.of(
        "%s %dx%d, but the network takes %dx%d; end the chain with a crop or resize to that size"
            .formatted(cause, sizes.height(), sizes.width(), height, width));
  }

  /**
   * Applies the chain to one image.
   *
   * @param draws of the image in its epoch
   * @throws CannotException if a transform does not fit the image's size
   */
  public Image apply(Image image, Draws draws) {
    return new Augmenter(this, image.channels(), Levels.UNKNOWN).apply(image, draws);
  }

  /** Why the chain does not fit images of a size; empty if it does. */
  Optional<String> problem(Sizes begin) {
    Optional<String> misplaced = misplaced();
    if (misplaced.isPresent()) {
      return misplaced;
    }
    Sizes sizes = begin;
    for (int i = 0; i < transforms.size(); i++) {
      Sizes next = transforms.get(i).through(sizes);
      if (next.limit().isPresent()) {
        return Optional.of(
            "%s does not fit images that are %dx%d by then: it %s"
                .formatted(named(i), sizes.height(), sizes.width(), next.limit().get()));
      }
      sizes = next;
    }
    return Optional.empty();
  }

  private Optional<String> misplaced() {
    for (int i = 0; i < transforms.size(); i++) {
      boolean isLast = i == transforms.size() - 1;
      if (transforms.get(i) instanceof Mixing && !isLast) {
        return Optional.of(named(i) + " mixes finished pictures; make it the last transform");
      }
      if (transforms.get(i) instanceof Composite composite && mixes(composite)) {
        return Optional.of(
            named(i) + " can't have a transform that mixes pictures; make it the chain's last");
      }
    }
    return Optional.empty();
  }

  private static boolean mixes(Composite composite) {
    return composite.parts().stream()
        .anyMatch(
            part -> part instanceof Mixing || (part instanceof Composite inner && mixes(inner)));
  }

  private String named(int position) {
    return "%s (transform %d of %d)"
        .formatted(transforms.get(position).text(), position + 1, transforms.size());
  }
}
