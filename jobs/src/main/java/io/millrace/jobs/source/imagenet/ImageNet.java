package io.millrace.jobs.source.imagenet;

import io.millrace.jobs.files.JobFiles;
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
 * ImageNet's classification set (Russakovsky et al. 2015), as it is distributed or unpacked: {@code
 * train/n01440764/*}, the tar of a thousand tars, {@code val/} flat or in class folders, the
 * validation tar. Classes are the sorted synsets. An id is the path below the source.
 */
@Variant(
    value = "imagenet",
    summary = "ImageNet: train/SYNSET/* beside val/, or the archives, read without unpacking.",
    example = "source { format = imagenet, path = \"ILSVRC2012_img_train.tar\" }")
public record ImageNet(
    @Key(Subset.PATH) Location path,
    @Key(Subset.SPLIT) Optional<Split> split,
    @Key(value = Subset.CLASSES, or = "[]") List<String> classes,
    @Key(value = Subset.LIMIT, min = 1) Optional<Integer> perClassLimit,
    @Key(value = Subset.SAMPLE, or = "100%") Share sample,
    @Key(value = LeaveOut.KEY, or = "[]") List<String> leaveOut)
    implements Source {
  /** Checks what is left out. */
  public ImageNet {
    LeaveOut.check(leaveOut);
  }

  @Override
  public List<Location> places() {
    return List.of(path);
  }

  @Override
  public Contents open(URI inflated) throws IOException {
    return new ImageNetListing(JobFiles.uri(path.text()), split, inflated, new LeaveOut(leaveOut))
        .contents();
  }
}
