package io.millrace.jobs.source.cifar;

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
import java.util.OptionalLong;

/**
 * CIFAR-10 (Krizhevsky 2009): records of one label byte and 3 x 32 x 32 pixel bytes, red, green and
 * blue planes; or the same in the pickles for Python.
 */
@Variant(
    value = "cifar10",
    summary =
        "CIFAR-10: an official archive, binary or for Python, its folder of batches, or one batch.",
    example = "source { format = cifar10, path = \"cifar-10-binary.tar.gz\" }")
public record Cifar10(
    @Key(Subset.PATH) Location path,
    @Key(Subset.SPLIT) Optional<Split> split,
    @Key(value = Subset.CLASSES, or = "[]") List<String> classes,
    @Key(value = Subset.LIMIT, min = 1) Optional<Integer> perClassLimit,
    @Key(value = Subset.SAMPLE, or = "100%") Share sample,
    @Key(value = LeaveOut.KEY, or = "[]") List<String> leaveOut)
    implements Source {
  /** Checks what is left out. */
  public Cifar10 {
    LeaveOut.check(leaveOut);
  }

  static final CifarLayout LAYOUT =
      new CifarLayout(
          "cifar10",
          1,
          0,
          List.of(
              "airplane",
              "automobile",
              "bird",
              "cat",
              "deer",
              "dog",
              "frog",
              "horse",
              "ship",
              "truck"),
          "batches.meta.txt",
          "cifar-10-batches-bin",
          List.of(
              "data_batch_1",
              "data_batch_2",
              "data_batch_3",
              "data_batch_4",
              "data_batch_5",
              "test_batch"),
          new CifarLayout.Python(
              List.of("labels"), "label_names", "batches.meta", "cifar-10-batches-py"));

  @Override
  public List<Location> places() {
    return List.of(path);
  }

  @Override
  public OptionalLong estimatedBytes() {
    return OptionalLong.of(CifarEstimate.of(JobFiles.uri(path.text())));
  }

  @Override
  public Contents open(URI inflated) throws IOException {
    return new CifarListing(
            LAYOUT, JobFiles.uri(path.text()), split, inflated, new LeaveOut(leaveOut))
        .contents();
  }
}
