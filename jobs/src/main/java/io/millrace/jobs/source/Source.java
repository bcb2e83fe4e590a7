package io.millrace.jobs.source;

import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import io.millrace.pipeline.job.Variant;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apiguardian.api.API;

/**
 * A format that pictures come in, as configured: {@code source { format = cifar10, path = .. }}. It
 * loses nothing: every record becomes an entry or a reject. The formats are listed in {@code
 * META-INF/millrace/io.millrace.jobs.source.Source}, and a jar may list its own.
 */
@Variant(discriminator = "format")
@API(status = API.Status.EXPERIMENTAL)
public interface Source {
  /** Where it is; empty if it is generated. */
  List<Location> places();

  /** The one split that is wanted; all if empty. */
  Optional<Split> split();

  /** The classes that are wanted, by name or synset; all if empty. */
  List<String> classes();

  /** How many pictures of each class in each split are wanted, at most. */
  Optional<Integer> perClassLimit();

  /** The share of pictures that is wanted. */
  Share sample();

  /** Which of its pictures are wanted. */
  default Subset subset() {
    return new Subset(split(), classes(), perClassLimit(), sample());
  }

  /** The channels that its pictures get unless configured: 3, or 1 where there are no colours. */
  default int channels() {
    return 3;
  }

  /**
   * How many bytes its pictures take in shards, at most; empty if that does not follow from the
   * files' lengths.
   */
  default OptionalLong estimatedBytes() {
    return OptionalLong.empty();
  }

  /**
   * Looks at folders and headers.
   *
   * @param inflated a folder for files that must be unpacked before they can be read in parts
   * @throws io.millrace.pipeline.CannotException if it can't be opened
   */
  Contents open(URI inflated) throws IOException;
}
