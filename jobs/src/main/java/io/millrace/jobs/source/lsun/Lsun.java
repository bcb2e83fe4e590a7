package io.millrace.jobs.source.lsun;

import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Contents;
import io.millrace.jobs.source.LeaveOut;
import io.millrace.jobs.source.Source;
import io.millrace.jobs.source.Subset;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import io.millrace.pipeline.job.Variant;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * LSUN (Yu et al. 2015): an LMDB of WebP or JPEG pictures for each category and split. A folder's
 * name contains both ({@code bedroom_train_lmdb}); an id is {@code folder/key}.
 */
@Variant(
    value = "lsun",
    summary = "LSUN: one or several LMDB folders, or the folder that holds them.",
    example = "source { format = lsun, path = [\"bedroom_train_lmdb\", \"bedroom_val_lmdb\"] }")
public record Lsun(
    @Key(Subset.PATH) List<Location> path,
    @Key(Subset.SPLIT) Optional<Split> split,
    @Key(value = Subset.CLASSES, or = "[]") List<String> classes,
    @Key(value = Subset.LIMIT, min = 1) Optional<Integer> perClassLimit,
    @Key(value = Subset.SAMPLE, or = "100%") Share sample,
    @Key(value = LeaveOut.KEY, or = "[]") List<String> leaveOut)
    implements Source {
  /** Checks that there is a place, and what is left out. */
  public Lsun {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("path names no folder");
    }
    LeaveOut.check(leaveOut);
  }

  @Override
  public List<Location> places() {
    return path;
  }

  @Override
  public Contents open(URI inflated) throws IOException {
    return new LsunListing(path, split, new LeaveOut(leaveOut)).contents();
  }
}
