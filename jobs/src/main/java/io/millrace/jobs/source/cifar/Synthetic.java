package io.millrace.jobs.source.cifar;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Contents;
import io.millrace.jobs.source.LeaveOut;
import io.millrace.jobs.source.Source;
import io.millrace.jobs.source.Subset;
import io.millrace.jobs.synthesize.Shapes;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import io.millrace.pipeline.job.Variant;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Painted 32x32 pictures of ten classes, to try things without a download. */
@Variant(
    value = "synthetic",
    summary = "Painted 32x32 pictures of ten classes, to try things without a download.",
    example = "source { format = synthetic, train = 4000, test = 1000 }")
public record Synthetic(
    @Key(value = "training pictures", or = "4000", min = 5) int train,
    @Key(value = "test pictures", or = "1000", min = 1) int test,
    @Key(value = "seed of every picture", or = "7") long paint,
    @Key(Subset.SPLIT) Optional<Split> split,
    @Key(value = Subset.CLASSES, or = "[]") List<String> classes,
    @Key(value = Subset.LIMIT, min = 1) Optional<Integer> perClassLimit,
    @Key(value = Subset.SAMPLE, or = "100%") Share sample)
    implements Source {
  @Override
  public List<Location> places() {
    return List.of();
  }

  @Override
  public OptionalLong estimatedBytes() {
    // Painted, then in shards.
    return OptionalLong.of(2 * Shapes.RECORD * ((long) train + test));
  }

  @Override
  public Contents open(URI inflated) throws IOException {
    URI painted = JobFiles.in(inflated).path("painted").toUri();
    Shapes.write(painted, train, test, paint, written -> {});
    Contents files =
        new CifarListing(Cifar10.LAYOUT, painted, Optional.empty(), inflated, LeaveOut.NOTHING)
            .contents();
    return new Contents(
        files.classes(),
        files.parts(),
        files.rejects(),
        files.ignored(),
        files.leftOut(),
        files.notices(),
        Map.of("format", "synthetic"),
        files.lister());
  }
}
