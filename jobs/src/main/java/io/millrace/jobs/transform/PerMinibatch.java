package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * Transforms that draw once for all pictures of a minibatch, as fast.ai's lesson 18 has it, and not
 * for each. What is drawn depends on the minibatch's first position in the epoch, so that, other
 * than with the transforms alone, another number of workers means other pixels.
 *
 * @param transforms in order
 */
@Variant(
    value = "per-minibatch",
    summary = "draws once for all pictures of a minibatch",
    example = "{ per-minibatch = [{ random-erase {} }] }")
public record PerMinibatch(
    @Key("transforms whose draws the pictures of a minibatch share, in order")
        List<Transform> transforms)
    implements Composite {
  /** Copies the list. */
  public PerMinibatch {
    transforms = List.copyOf(transforms);
  }

  @Override
  public List<Transform> parts() {
    return transforms;
  }
}
