package io.millrace.jobs.materialise;

import io.millrace.jobs.augment.Chain;
import io.millrace.jobs.augment.Draws;
import io.millrace.jobs.augment.Transform;
import io.millrace.jobs.card.Thumbnails;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.Thumbnail;
import io.millrace.jobs.random.Bits;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardReader;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What transforms make of pictures of a dataset, to be looked at before they are trained on. */
public final class TransformGallery {
  private static final int PICTURES = 16;
  private static final int LONGEST = 128;

  /** Characters that the pictures of a page take at most. */
  private static final long ROOM = 4_500_000;

  private final long seed;
  private final List<Picture> pictures;
  private final Thumbnails thumbnails = new Thumbnails(ROOM);
  private final List<Block> blocks = new ArrayList<>();

  /**
   * @param seed of what is drawn
   * @throws IOException if a shard can't be read
   */
  public TransformGallery(Dataset dataset, long seed) throws IOException {
    this.seed = seed;
    this.pictures = spread(dataset);
    add("The pictures", Chain.NONE, 0);
  }

  /** A row of what one transform alone makes of each picture. */
  public void addAlone(String caption, Transform transform) {
    add(caption, new Chain(List.of(transform)), 0);
  }

  /** A row of what a chain makes of each picture in an epoch, counted from 0. */
  public void addTogether(String caption, List<Transform> transforms, int epoch) {
    add(caption, new Chain(transforms), epoch);
  }

  /** All rows so far. */
  public Card card() {
    return new Card(blocks);
  }

  private void add(String caption, Chain chain, int epoch) {
    List<io.millrace.pipeline.card.Picture> shown = new ArrayList<>();
    String refused = "";
    for (Picture picture : pictures) {
      try {
        Image image =
            chain.apply(picture.decoded(), Draws.of(seed, epoch, Bits.idHash(picture.id())));
        thumbnails
            .picture(
                Thumbnail.of(image, LONGEST),
                picture.id() + ", " + caption,
                image.height() + " \u00d7 " + image.width())
            .ifPresent(shown::add);
      } catch (CannotException e) {
        refused = e.getMessage();
      }
    }
    blocks.add(new Block.Gallery(caption, shown));
    if (!refused.isEmpty()) {
      int count = pictures.size() - shown.size();
      blocks.add(
          new Block.Warning(count + " of " + pictures.size() + " pictures left out: " + refused));
    }
  }

  /** Pictures from all over the dataset. */
  private static List<Picture> spread(Dataset dataset) throws IOException {
    List<Picture> found = new ArrayList<>();
    long all = dataset.shards().stream().mapToLong(ShardEntry::rows).sum();
    int wanted = (int) Math.min(PICTURES, all);
    for (int i = 0; i < wanted; i++) {
      long place = all * i / wanted;
      for (ShardEntry shard : dataset.shards()) {
        if (place < shard.rows()) {
          found.add(row(dataset, shard, place));
          break;
        }
        place -= shard.rows();
      }
    }
    return found;
  }

  private static Picture row(Dataset dataset, ShardEntry shard, long place) throws IOException {
    long left = place;
    int group = 0;
    while (left >= shard.rowGroups().get(group)) {
      left -= shard.rowGroups().get(group++);
    }
    try (ShardReader reader = ShardReader.glance(dataset.root(), shard)) {
      return reader.rows(group, (int) left).get(0);
    }
  }
}
