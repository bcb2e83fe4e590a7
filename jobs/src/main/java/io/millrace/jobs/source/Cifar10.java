package io.millrace.jobs.source;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Variant;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * CIFAR-10's binary version (Krizhevsky 2009): records of one label byte and 3 x 32 x 32 pixel
 * bytes, red, green and blue planes.
 */
@Variant("cifar10")
public record Cifar10(
    @Key("the archive (.tar.gz), the folder of batches, one .bin or one .bin.gz") Location path,
    @Key("the split of every batch: train, val or test; if not given, a batch's name says it")
        Optional<Split> split)
    implements Source {
  @Override
  public long estimatedBytes() {
    return Cifar10Listing.estimatedBytes(JobFiles.uri(path.text()));
  }

  @Override
  public Contents open(URI inflated) throws IOException {
    return new Cifar10Listing(JobFiles.uri(path.text()), split, inflated).contents();
  }
}
