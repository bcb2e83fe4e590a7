package io.millrace.jobs.transform;

import java.util.ArrayList;
import java.util.List;

/**
 * Applies a chain in as few passes over the pixels as possible: neighbouring transforms that move
 * rows and columns share a pass, and so do those that sample by a map. Not for use by several
 * threads.
 */
final class Steps {
  private final List<Transform> transforms;
  private final GatherIndex lines = new GatherIndex();
  private final Noise noise;
  private final List<Step> steps = new ArrayList<>();

  /**
   * Transforms that share a pass.
   *
   * @param from position of the first one
   * @param to after the last one
   * @param parts of a composite; null for others
   */
  private record Step(int from, int to, Steps parts) {}

  Steps(List<Transform> transforms, Noise noise) {
    this.transforms = transforms;
    this.noise = noise;
    int to;
    for (int from = 0; from < transforms.size(); from = to) {
      to = from + 1;
      while (to < transforms.size() && areOne(transforms.get(from), transforms.get(to))) {
        to++;
      }
      Steps parts =
          transforms.get(from) instanceof Composite composite
              ? new Steps(composite.parts(), noise)
              : null;
      // Mixing needs two pictures, so the caller does it.
      if (!(transforms.get(from) instanceof Mixing)) {
        steps.add(new Step(from, to, parts));
      }
    }
  }

  private static boolean areOne(Transform first, Transform next) {
    return (first instanceof Moving && next instanceof Moving)
        || (first instanceof Warping && next instanceof Warping);
  }

  /** All steps. */
  void run(Canvas canvas, Draws draws) {
    runFrom(0, canvas, draws);
  }

  /** All steps but the first, which is one transform. */
  void runRest(Canvas canvas, Draws draws) {
    runFrom(1, canvas, draws);
  }

  private void runFrom(int first, Canvas canvas, Draws draws) {
    for (int i = first; i < steps.size(); i++) {
      run(steps.get(i), canvas, draws);
    }
  }

  private void run(Step step, Canvas canvas, Draws draws) {
    Transform first = transforms.get(step.from);
    if (first instanceof Editing editing) {
      editing.edit(canvas, draws, step.from, noise);
    } else if (first instanceof Moving) {
      lines.start(canvas.height(), canvas.width());
      move(step, draws);
      lines.gather(canvas);
    } else if (first instanceof Warping) {
      bend(step, canvas, draws);
    } else {
      Draws own = first instanceof PerMinibatch ? draws.ofMinibatch() : draws;
      step.parts.run(canvas, own.inside(step.from));
    }
  }

  private void move(Step step, Draws draws) {
    for (int position = step.from; position < step.to; position++) {
      ((Moving) transforms.get(position)).move(lines, draws, position);
    }
  }

  private void bend(Step step, Canvas canvas, Draws draws) {
    Affine whole = Affine.IDENTITY;
    for (int position = step.from; position < step.to; position++) {
      Warping warping = (Warping) transforms.get(position);
      whole = whole.then(warping.map(canvas.height(), canvas.width(), draws, position));
    }
    Warp.apply(canvas, whole);
  }
}
