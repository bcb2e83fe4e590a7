package io.millrace.jobs.sampling;

import io.millrace.jobs.random.Bits;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardReader;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a split that take part, in natural order: shards by path, row groups, rows. A
 * position in a view counts these rows from 0.
 */
public final class View implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Makes the draw of a view independent of the draws of transforms and orders. */
  private static final long DOMAIN = 0x56494557L;

  private final Dataset dataset;
  private final ShardEntry[] shards;
  private final Block[] blocks;
  private final int[] labels;

  private View(Dataset dataset, List<ShardEntry> shards, List<Block> blocks) {
    this(dataset, shards.toArray(ShardEntry[]::new), blocks.toArray(Block[]::new), new int[0]);
  }

  private View(Dataset dataset, ShardEntry[] shards, Block[] blocks, int[] labels) {
    this.dataset = dataset;
    this.shards = shards;
    this.blocks = blocks;
    this.labels = labels;
  }

  /** All rows of a split. */
  public static View whole(Dataset dataset, Split split) {
    List<ShardEntry> shards = dataset.shards(split);
    List<Block> blocks = new ArrayList<>();
    for (int shard = 0; shard < shards.size(); shard++) {
      List<Integer> groups = shards.get(shard).rowGroups();
      for (int group = 0; group < groups.size(); group++) {
        blocks.add(new Block(shard, group, groups.get(group), null));
      }
    }
    return new View(dataset, shards, blocks);
  }

  /**
   * The two views of a split for training and validation: an image is in the second if and only if
   * hash(seed, id) falls below the share, whatever else is in the dataset. The id is that of the
   * original picture, so that all variants of a picture are in the same view.
   *
   * @param share 0..1
   * @throws CannotException if a shard is missing or damaged
   */
  public static Parts parts(Dataset dataset, Split split, double share, long seed) {
    View whole = whole(dataset, split);
    if (share <= 0) {
      return new Parts(whole, new View(dataset, whole.shards(), List.of()));
    }
    List<Block> training = new ArrayList<>();
    List<Block> validation = new ArrayList<>();
    for (Block block : whole.blocks()) {
      List<String> ids = whole.read(block, reader -> reader.ids(block.group()));
      List<Integer> in = new ArrayList<>();
      List<Integer> out = new ArrayList<>();
      for (int row = 0; row < ids.size(); row++) {
        String original = dataset.originalId(ids.get(row));
        (isForValidation(original, share, seed) ? out : in).add(row);
      }
      add(training, block, in);
      add(validation, block, out);
    }
    return new Parts(
        new View(dataset, whole.shards(), training), new View(dataset, whole.shards(), validation));
  }

  /** Whether an image is in the view for validation rather than in that for training. */
  public static boolean isForValidation(String id, double share, long seed) {
    long key = Bits.absorb(Bits.absorb(0, DOMAIN), seed);
    return Bits.unit(Bits.absorb(key, Bits.idHash(id))) < share;
  }

  /**
   * The same view with the labels of all its rows, for class-balanced orders; takes 4 bytes an
   * image.
   *
   * @throws CannotException if a shard can't be read
   */
  public View labelled() {
    int[] read = new int[Math.toIntExact(size())];
    int at = 0;
    for (Block block : blocks) {
      List<Integer> ofGroup = read(block, reader -> reader.labels(block.group()));
      for (int row = 0; row < block.size(); row++) {
        read[at++] = ofGroup.get(block.row(row));
      }
    }
    return new View(dataset, shards, blocks, read);
  }

  /** The labels by position, of a view that is {@link #labelled}. */
  int[] labels() {
    return labels;
  }

  /** How many images there are in it. */
  public long size() {
    return blocks().stream().mapToLong(Block::size).sum();
  }

  /** The dataset of these rows. */
  public Dataset dataset() {
    return dataset;
  }

  /** The shards that its places name by their index. */
  public List<ShardEntry> shards() {
    return Arrays.asList(shards);
  }

  /** Its rows, row group by row group. */
  public List<Block> blocks() {
    return Arrays.asList(blocks);
  }

  private static void add(List<Block> blocks, Block block, List<Integer> rows) {
    if (!rows.isEmpty()) {
      int[] chosen = rows.stream().mapToInt(Integer::intValue).toArray();
      blocks.add(new Block(block.shard(), block.group(), chosen.length, chosen));
    }
  }

  private <T> List<T> read(Block block, Reading<T> reading) {
    ShardEntry shard = shards[block.shard()];
    try (ShardReader reader = ShardReader.open(dataset.root(), shard)) {
      return reading.from(reader);
    } catch (IOException e) {
      throw new CannotException("read shard " + shard.path(), String.valueOf(e.getMessage()), e);
    }
  }

  private interface Reading<T> {
    List<T> from(ShardReader reader) throws IOException;
  }

  /**
   * @param training the rows to train on
   * @param validation the others
   */
  public record Parts(View training, View validation) {}

  /**
   * The chosen rows of one row group.
   *
   * @param shard index into the view's shards
   * @param group index of the row group
   * @param size how many rows are chosen
   * @param rows which, ascending; null = all
   */
  public record Block(int shard, int group, int size, int[] rows) implements Serializable {
    /** The number in the row group of chosen row {@code index}. */
    public int row(int index) {
      return rows == null ? index : rows[index];
    }
  }
}
