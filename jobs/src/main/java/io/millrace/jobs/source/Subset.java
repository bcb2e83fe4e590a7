package io.millrace.jobs.source;

import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.job.Share;
import java.util.List;
import java.util.Optional;

/**
 * Which of a source's pictures are wanted.
 *
 * @param split the one that is wanted; all if empty
 * @param classes by name or synset; all if empty
 * @param perClassLimit pictures of each class in each split, drawn by the seed
 * @param sample the share of pictures, drawn by the seed one by one
 */
public record Subset(
    Optional<Split> split, List<String> classes, Optional<Integer> perClassLimit, Share sample) {
  /** What the key {@code path} means. */
  public static final String PATH =
      "where the pictures are: the archive, file or folder of the format; for lsun also several";

  /** What the key {@code classes} means. */
  public static final String CLASSES =
      "the classes to read, by name or synset; all if empty; label numbers stay as they are";

  /** What the key {@code per-class-limit} means. */
  public static final String LIMIT = "the most pictures to read of each class in each split";

  /** What the key {@code sample} means. */
  public static final String SAMPLE = "the share of pictures to read, drawn by the seed";

  /** What the key {@code split} means. */
  public static final String SPLIT =
      "the one split to read: train, val or test; if the layout has no splits, the split that all"
          + " pictures get";

  /** Whether nothing is left out. */
  public boolean isAll() {
    return split.isEmpty()
        && classes.isEmpty()
        && perClassLimit.isEmpty()
        && sample.fraction() >= 1;
  }
}
