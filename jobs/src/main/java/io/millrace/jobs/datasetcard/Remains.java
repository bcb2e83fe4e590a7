package io.millrace.jobs.datasetcard;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
import io.millrace.jobs.image.codec.Background;
import io.millrace.jobs.image.codec.Decoded;
import io.millrace.jobs.image.codec.Decoder;
import io.millrace.jobs.image.codec.Limits;
import io.millrace.jobs.image.codec.Thumbnail;
import io.millrace.jobs.shard.Reject;
import io.millrace.pipeline.store.Places;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** A small picture of what a quarantined file still shows. */
final class Remains {
  private static final int SIDE = 96;

  /** A page must not wait for giant pictures; their damage can be seen at a smaller size. */
  private static final Limits LIMITS = new Limits(16_000_000, 8_000_000);

  private static final Decoder LENIENT = new Decoder(3, Background.WHITE, true, LIMITS);

  private Remains() {}

  /** Empty if the file is gone, is a container, or shows nothing. */
  static Optional<Thumbnail> of(Reject reject) {
    if (reject.bytes() == 0 || reject.bytes() > LIMITS.bytes()) {
      return Optional.empty();
    }
    try (Decoded decoded = LENIENT.open(bytes(reject))) {
      return Optional.of(Thumbnail.of(decoded.image(), SIDE));
    } catch (IOException | IllegalArgumentException nothingToSee) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(Reject reject) throws IOException {
    URI file = Places.uri(reject.path());
    FileStatus status = JobFiles.fileSystem(new Path(file)).getFileStatus(new Path(file));
    // Only a container's reader knows where the picture is in it.
    if (!status.isFile() || status.getLen() != reject.bytes()) {
      throw new IOException(reject.path() + " is not the picture's own file");
    }
    try (ReadAt opened = JobFiles.readAt(file)) {
      return opened.read(0, Math.toIntExact(reject.bytes()));
    }
  }
}
