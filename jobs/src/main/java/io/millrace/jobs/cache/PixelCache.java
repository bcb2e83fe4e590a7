package io.millrace.jobs.cache;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.shard.Picture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decoded pictures, in memory and then in a file. Nothing is removed to make room for others: an
 * epoch asks for every picture once, so removing the oldest would remove those that are needed
 * next. For use by several threads.
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
   * @param file for what does not fit in memory
   */
  PixelCache(long bound, PixelFile file) {
    this.bound = bound;
    this.file = file;
  }

  /**
   * The picture encoded as {@link Encoding#RAW}, without its pixels where those are on the disk
   * ({@link #filled}); empty if it is not in the cache.
   */
  public Optional<Picture> find(PictureKey key) {
    Picture kept = inMemory.get(key);
    if (kept != null) {
      return Optional.of(kept);
    }
    return Optional.ofNullable(onDisk.get(key)).map(Spot::without);
  }

  /** The picture with its pixels; empty if the disk fails or the picture has been removed. */
  public Optional<Picture> filled(PictureKey key, Picture found) {
    if (found.image().length > 0) {
      return Optional.of(found);
    }
    Spot spot = onDisk.get(key);
    return spot == null ? Optional.empty() : file.read(spot.offset, spot.length).map(spot::picture);
  }

  /** Removes the pictures of these shards. */
  public void letGo(Set<String> checksums) {
    for (PictureKey key : List.copyOf(inMemory.keySet())) {
      Picture kept = checksums.contains(key.checksum()) ? inMemory.remove(key) : null;
      if (kept != null) {
        bytes.addAndGet(-taken(kept.image().length));
      }
    }
    onDisk.keySet().removeIf(key -> checksums.contains(key.checksum()));
  }

  private static long taken(int length) {
    return length + (long) OVERHEAD;
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
    if (bytes.addAndGet(taken(length)) <= bound) {
      if (inMemory.putIfAbsent(key, raw(picture, image.pixels())) != null) {
        bytes.addAndGet(-taken(length));
      }
      return;
    }
    bytes.addAndGet(-taken(length));
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
   * The place of a picture's pixels in the file.
   *
   * @param without the picture without its pixels
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
