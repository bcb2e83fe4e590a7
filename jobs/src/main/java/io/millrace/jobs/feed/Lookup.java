package io.millrace.jobs.feed;

import io.millrace.jobs.cache.Caches;
import io.millrace.jobs.cache.PictureKey;
import io.millrace.jobs.sampling.EpochOrder;
import io.millrace.jobs.sampling.EpochOrder.Place;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardEntry;
import java.util.List;
import java.util.Optional;

/**
 * Finds the pictures of consecutive positions in chunks, so that each row group is read once for a
 * chunk. At most three chunks are in memory: one in use, one waiting, one being made. Not for use
 * by several threads.
 */
final class Lookup {
  private static final int MOST = 4096;

  /** A chunk may take a quarter of the caches' memory, in addition to the caches. */
  private static final int PART = 4;

  private final Recipe recipe;
  private final EpochOrder order;
  private final Caches caches;
  private final List<ShardEntry> shards;
  private final long to;
  private int count;
  private long position;

  /**
   * @param from first position
   * @param to after the last position
   */
  Lookup(Recipe recipe, EpochOrder order, long from, long to) {
    this.recipe = recipe;
    this.order = order;
    this.caches = Caches.of(recipe.feeding().limits());
    this.shards = recipe.view().shards();
    this.position = from;
    this.to = to;
    long bytes = 0;
    long rows = 0;
    for (ShardEntry shard : shards) {
      bytes += shard.bytes();
      rows += shard.rows();
    }
    this.count = fitting(bytes, rows);
  }

  /** How many pictures fit the bound if they have this average size. */
  private int fitting(long bytes, long rows) {
    long each = Math.max(1, bytes / Math.max(1, rows));
    long fitting = recipe.feeding().limits().memoryHere() / PART / each;
    return (int) Math.max(1, Math.min(MOST, fitting));
  }

  boolean hasNext() {
    return position < to;
  }

  /**
   * The next positions' pictures.
   *
   * @throws io.millrace.pipeline.CannotException if a shard is missing or damaged
   */
  Chunk next() {
    long start = System.nanoTime();
    Place[] places = new Place[(int) Math.min(count, to - position)];
    PlacedPicture[] found = new PlacedPicture[places.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = order.at(position + i);
      found[i] = decodedBefore(places[i]);
    }
    for (int i = 0; i < places.length; i++) {
      if (found[i] == null) {
        takeAll(places, i, found);
      }
    }
    position += places.length;
    // Files are compressed, and some pictures are decoded already, so their memory is known only
    // now.
    long bytes = 0;
    for (PlacedPicture each : found) {
      bytes += each.picture().image().length;
    }
    count = Math.min(count, fitting(bytes, found.length));
    return new Chunk(List.of(found), System.nanoTime() - start, Optional.empty());
  }

  private PlacedPicture decodedBefore(Place place) {
    PictureKey key = key(place);
    return caches
        .pixels()
        .find(key)
        .map(kept -> new PlacedPicture(kept, place.shard(), key, place.turn()))
        .orElse(null);
  }

  private void takeAll(Place[] places, int first, PlacedPicture[] found) {
    int shard = places[first].shard();
    int group = places[first].group();
    List<Picture> rows = caches.group(recipe.view().dataset().root(), shards.get(shard), group);
    for (int i = first; i < places.length; i++) {
      Place place = places[i];
      if (place.shard() == shard && place.group() == group && found[i] == null) {
        found[i] = new PlacedPicture(rows.get(place.row()), shard, key(place), place.turn());
      }
    }
  }

  private PictureKey key(Place place) {
    return new PictureKey(shards.get(place.shard()).checksum(), place.group(), place.row());
  }

  /**
   * Pictures of consecutive positions.
   *
   * @param found empty after a failure
   * @param nanos nanoseconds that it took
   * @param failure why there are no pictures
   */
  record Chunk(List<PlacedPicture> found, long nanos, Optional<Throwable> failure) {
    static Chunk failed(Throwable failure) {
      return new Chunk(List.of(), 0, Optional.of(failure));
    }
  }
}
