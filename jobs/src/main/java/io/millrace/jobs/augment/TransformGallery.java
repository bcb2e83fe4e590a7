package io.millrace.jobs.augment;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.page.KeptPicture;
import io.millrace.jobs.random.Bits;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardReader;
import io.millrace.jobs.transform.Augmenter;
import io.millrace.jobs.transform.Chain;
import io.millrace.jobs.transform.Draws;
import io.millrace.jobs.transform.Levels;
import io.millrace.jobs.transform.Mixing;
import io.millrace.jobs.transform.Transform;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What transforms make of pictures of a dataset, to look at before training. Only one picture is
 * decoded at a time, and each only once.
 */
public final class TransformGallery {
  private static final String ORIGINAL = "The pictures";
  private static final String EACH_ALONE = "What each transform does alone: first the pictures";

  /**
   * At most that many pictures in a report and in one of its rows, and their longest side in
   * pixels.
   */
  private static final int REPORTED = 96;

  private static final int REPORTED_ROW = 8;
  private static final int REPORTED_SIDE = 96;

  private final Dataset dataset;
  private final List<ShardEntry> shards;
  private final Levels levels;
  private final long seed;
  private final List<Asked> asked = new ArrayList<>();

  private record Asked(String caption, Chain chain, int epoch) {}

  /**
   * @param shards that the pictures are taken from
   * @param levels of the dataset, for transforms whose noise follows it
   * @param seed of everything that is random
   */
  public TransformGallery(Dataset dataset, List<ShardEntry> shards, Levels levels, long seed) {
    this.dataset = dataset;
    this.shards = shards;
    this.levels = levels;
    this.seed = seed;
    asked.add(new Asked(ORIGINAL, Chain.NONE, 0));
  }

  /** The rows of a report: the pictures, and what each transform alone makes of them. */
  public static TransformRows eachAlone(
      Dataset dataset,
      List<ShardEntry> shards,
      List<Transform> transforms,
      Levels levels,
      long seed)
      throws IOException {
    TransformGallery gallery = new TransformGallery(dataset, shards, levels, seed);
    gallery.asked.set(0, new Asked(EACH_ALONE, Chain.NONE, 0));
    transforms.forEach(gallery::addAlone);
    int room = REPORTED / (1 + transforms.size());
    return gallery.draw(Math.max(2, Math.min(REPORTED_ROW, room)), REPORTED_SIDE);
  }

  /** Adds a row: what one transform alone makes of each picture. */
  public void addAlone(Transform transform) {
    String text = transform.text();
    String caption = text.contains(" ") ? "{ " + text + " }" : text;
    asked.add(new Asked(caption, new Chain(List.of(transform)), 0));
  }

  /** Adds a row: what all transforms together make of each picture in an epoch, counted from 0. */
  public void addTogether(String caption, List<Transform> transforms, int epoch) {
    asked.add(new Asked(caption, new Chain(transforms), epoch));
  }

  /**
   * Draws all rows.
   *
   * @param most at most that many pictures in a row, spread over the shards
   * @param longest the longest side of a shown picture, in pixels
   * @throws CannotException if a shard is missing or damaged
   * @throws IOException if a shard can't be read
   */
  public TransformRows draw(int most, int longest) throws IOException {
    List<List<KeptPicture>> kept = new ArrayList<>();
    String[] refusals = new String[asked.size()];
    asked.forEach(it -> kept.add(new ArrayList<>()));
    MixedPictures squares = new MixedPictures(longest);
    long all = shards.stream().mapToLong(ShardEntry::rows).sum();
    int wanted = (int) Math.min(most, all);
    for (int i = 0; i < wanted; i++) {
      Picture picture = at(all * i / wanted);
      long idHash = Bits.idHash(picture.id());
      Image decoded = null;
      for (int row = 0; row < asked.size(); row++) {
        Asked ask = asked.get(row);
        try {
          if (decoded == null) {
            decoded = picture.decoded();
            squares.add(picture.id(), decoded);
          }
          if (ask.chain.mixing().isEmpty()) {
            Image made =
                new Augmenter(ask.chain, decoded.channels(), levels)
                    .apply(decoded, Draws.of(seed, ask.epoch, idHash));
            String size = made.height() + " \u00d7 " + made.width();
            kept.get(row).add(KeptPicture.of(made, longest, size, picture.id()));
          }
        } catch (CannotException e) {
          refusals[row] = e.getMessage();
        }
      }
    }
    for (int row = 0; row < asked.size(); row++) {
      Optional<Mixing> mixing = asked.get(row).chain.mixing();
      if (mixing.isPresent()) {
        kept.get(row).addAll(squares.mixed(mixing.get(), seed));
      }
    }
    List<TransformRows.Row> rows = new ArrayList<>();
    for (int row = 0; row < asked.size(); row++) {
      List<KeptPicture> pictures = List.copyOf(kept.get(row));
      String why = refusals[row] == null ? "" : refusals[row];
      rows.add(
          new TransformRows.Row(asked.get(row).caption(), pictures, wanted - pictures.size(), why));
    }
    return new TransformRows(List.copyOf(rows));
  }

  private Picture at(long place) throws IOException {
    long left = place;
    int shard = 0;
    while (left >= shards.get(shard).rows()) {
      left -= shards.get(shard++).rows();
    }
    List<Integer> groups = shards.get(shard).rowGroups();
    int group = 0;
    while (left >= groups.get(group)) {
      left -= groups.get(group++);
    }
    try (ShardReader reader = ShardReader.glance(dataset.root(), shards.get(shard))) {
      return reader.rows(group, (int) left).get(0);
    }
  }
}
