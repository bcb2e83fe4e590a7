package io.millrace.jobs.augment;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ResumableShards;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardReader;
import io.millrace.jobs.shard.ShardWriter;
import io.millrace.jobs.shard.StoredForm;
import io.millrace.jobs.spark.SparkTasks;
import io.millrace.jobs.transform.Chain;
import io.millrace.jobs.transform.Levels;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one variant of each picture of a shard, a shard for each size. A task that Spark runs
 * again makes the same files.
 *
 * @param dataset where the pictures are
 * @param classNames of the dataset, by label number
 * @param into where the shards go: a dataset, or the folder of a pyramid
 * @param pyramid sides of the squares; empty for one dataset that keeps the pictures' sizes
 */
record ShardMaking(
    URI dataset,
    List<String> classNames,
    URI into,
    Chain chain,
    Levels levels,
    List<Integer> pyramid,
    StoredForm store,
    long seed)
    implements SparkTasks.Task<VariantPlan, MadeShards> {

  @Override
  public MadeShards apply(VariantPlan plan) throws IOException {
    List<ShardEntry> made = new ArrayList<>();
    List<ShardWriter> writers = new ArrayList<>();
    VariantMaker variants = new VariantMaker(this, plan.variant());
    try (ShardReader reader = ShardReader.open(dataset, plan.shard())) {
      for (URI folder : folders()) {
        writers.add(ShardWriter.create(folder, plan.shard().split(), plan.index(), classNames));
      }
      for (int group = 0; group < plan.shard().rowGroups().size(); group++) {
        for (Picture picture : reader.rowGroup(group)) {
          write(picture, variants, writers);
        }
      }
      for (ShardWriter writer : writers) {
        made.add(writer.finish());
      }
    } finally {
      for (ShardWriter writer : writers) {
        writer.close();
      }
    }
    MadeShards whole = new MadeShards(made);
    ResumableShards.keep(into, plan.name(), whole);
    return whole;
  }

  private void write(Picture picture, VariantMaker variants, List<ShardWriter> writers)
      throws IOException {
    Image image = variants.pixels(picture);
    for (int i = 0; i < writers.size(); i++) {
      int side = pyramid.isEmpty() ? 0 : pyramid.get(i);
      writers.get(i).write(variants.of(picture, image, side));
    }
  }

  /** Where the datasets are made, one for each size. */
  List<URI> folders() throws IOException {
    if (pyramid.isEmpty()) {
      return List.of(into);
    }
    List<URI> folders = new ArrayList<>();
    for (int side : pyramid) {
      folders.add(Pyramid.folder(into, side));
    }
    return folders;
  }
}
