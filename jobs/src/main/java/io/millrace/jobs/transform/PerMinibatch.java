package io.millrace.jobs.transform;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * Transforms that draw once for all pictures of a minibatch, as in fast.ai's lesson 18. The draws
 * depend on the minibatch's first position in the epoch. So, unlike with the transforms alone,
 * another number of workers gives other pixels.
 *
 * @param transforms in order
 */
@Variant(
    value = "per-minibatch",
    summary = "applies transforms with the same draws to all pictures of a minibatch",
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
