package io.millrace.jobs.source.idx;

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
 * The idx format of MNIST (LeCun, Cortes and Burges 1998), Fashion-MNIST and their family: a file
 * of grey pictures and a file of labels for each split, plain or gzipped. An id is {@code
 * train#17}.
 */
@Variant(
    value = "idx",
    summary = "MNIST, Fashion-MNIST and their family: the folder of the four files, plain or .gz.",
    example = "source { format = idx, path = \"data/fashion-mnist\" }")
public record Idx(
    @Key(Subset.PATH) Location path,
    @Key(
            value = "names of the classes, by label number; the numbers themselves if not given",
            or = "[]")
        List<String> classNames,
    @Key(Subset.SPLIT) Optional<Split> split,
    @Key(value = Subset.CLASSES, or = "[]") List<String> classes,
    @Key(value = Subset.LIMIT, min = 1) Optional<Integer> perClassLimit,
    @Key(value = Subset.SAMPLE, or = "100%") Share sample,
    @Key(value = LeaveOut.KEY, or = "[]") List<String> leaveOut)
    implements Source {
  /** Checks what is left out. */
  public Idx {
    LeaveOut.check(leaveOut);
  }

  @Override
  public List<Location> places() {
    return List.of(path);
  }

  @Override
  public int channels() {
    return 1;
  }

  @Override
  public Contents open(URI inflated) throws IOException {
    return new IdxListing(
            JobFiles.uri(path.text()), split, classNames, inflated, new LeaveOut(leaveOut))
        .contents();
  }
}
