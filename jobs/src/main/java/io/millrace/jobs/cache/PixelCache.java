package io.millrace.jobs.cache;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.shard.Picture;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Pictures as they were decoded, in memory and then in a file. What is kept stays: an epoch asks
 * for every picture once, so that letting the oldest go would keep just those that are asked for
 * last. For use by several threads.
 */
public final class PixelCache {
  private static final int OVERHEAD = 256;

  private final long bound;
  private final PixelFile file;
  private final AtomicLong bytes = new AtomicLong();
  private final Map<PictureKey, Picture> inMemory = new ConcurrentHashMap<>();
  private final Map<PictureKey, Spot> onDisk = new ConcurrentHashMap<>();

  /**
   * @param bound bytes of memory
   * @param file for what does not fit
   */
  PixelCache(long bound, PixelFile file) {
    this.bound = bound;
    this.file = file;
  }

  /** The picture with its pixels, encoded as {@link Encoding#RAW}; empty if it is not kept. */
  public Optional<Picture> find(PictureKey key) {
    Picture kept = inMemory.get(key);
    if (kept != null) {
      return Optional.of(kept);
    }
    Spot spot = onDisk.get(key);
    return spot == null ? Optional.empty() : file.read(spot.offset, spot.length).map(spot::picture);
  }

  /** Whether {@link #offer} would keep a picture now. */
  public boolean hasRoomFor(Picture picture) {
    long length = (long) picture.channels() * picture.height() * picture.width();
    return bytes.get() + length + OVERHEAD <= bound || file.hasRoomFor(length);
  }

  /** Keeps a picture's pixels if there is room. */
  public void offer(PictureKey key, Picture picture, Image image) {
    if (inMemory.containsKey(key) || onDisk.containsKey(key)) {
      return;
    }
    int length = image.pixels().length;
    if (bytes.addAndGet(length + (long) OVERHEAD) <= bound) {
      inMemory.put(key, raw(picture, image.pixels()));
      return;
    }
    bytes.addAndGet(-length - (long) OVERHEAD);
    file.append(image.pixels())
        .ifPresent(offset -> onDisk.put(key, new Spot(raw(picture, new byte[0]), offset, length)));
  }

  /** Bytes of memory taken now. */
  public long bytes() {
    return bytes.get();
  }

  private static Picture raw(Picture picture, byte[] pixels) {
    return new Picture(
        picture.id(),
        picture.label(),
        picture.height(),
        picture.width(),
        picture.channels(),
        Encoding.RAW,
        pixels);
  }

  /**
   * Where pixels are in the file.
   *
   * @param without its pixels
   */
  private record Spot(Picture without, long offset, int length) {
    Picture picture(byte[] pixels) {
      return new Picture(
          without.id(),
          without.label(),
          without.height(),
          without.width(),
          without.channels(),
          Encoding.RAW,
          pixels);
    }
  }
}
