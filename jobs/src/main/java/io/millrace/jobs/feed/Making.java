package io.millrace.jobs.feed;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.shard.Picture;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes the time of what makes minibatches. The clock is read once a row group and a minibatch, and
 * around the decoding of a picture that needs one, which takes a thousand times longer.
 */
final class Making {
  private long reading;
  private long decoding;
  private long all;

  List<Picture> read(Supplier<List<Picture>> group) {
    long start = System.nanoTime();
    List<Picture> rows = group.get();
    reading += System.nanoTime() - start;
    return rows;
  }

  Image image(Picture picture) {
    if (picture.encoding() == Encoding.RAW) {
      return picture.decoded();
    }
    long start = System.nanoTime();
    Image image = picture.decoded();
    decoding += System.nanoTime() - start;
    return image;
  }

  /** A minibatch is done. */
  void made(long nanos) {
    all += nanos;
  }

  FeedTimes times() {
    return new FeedTimes(
        reading / FeedTimes.NANOS,
        decoding / FeedTimes.NANOS,
        (all - reading - decoding) / FeedTimes.NANOS,
        0);
  }
}
