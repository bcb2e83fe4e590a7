package io.millrace.jobs.shard;

import io.millrace.jobs.files.JobFiles;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.Digests;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A dataset's manifest ({@code _dataset.json}).
 *
 * @param root the folder that the shards' paths are relative to
 * @param digest of the content: shard checksums and class names
 * @param classNames by label number
 * @param counts of records read and of what happened to them
 * @param classCounts pictures a split and a class: {@code [split name -> [class number]]}
 * @param source the format and place that it was made from, and the fingerprint of the files there
 *     (names, lengths, modification times), for people
 * @param shards of all splits, sorted by path
 * @param synsets WordNet's names by label number; empty where the source has none
 * @param notes how many pictures there are with something worth noting, by kind, e.g. {@code gray}
 * @param ignored files of the source that are not pictures of the dataset, by kind
 * @param variantDepth how often augmentation has appended {@code #k} to the ids of the pictures
 */
public record Dataset(
    URI root,
    String digest,
    List<String> classNames,
    Counts counts,
    Map<String, List<Long>> classCounts,
    Map<String, String> source,
    List<ShardEntry> shards,
    List<String> synsets,
    Map<String, Long> notes,
    IgnoredFiles ignored,
    int variantDepth)
    implements Serializable {
  /** The name of this kind of artifact. */
  public static final String KIND = "a dataset";

  /** The manifest's file name. */
  public static final String FILE = "_dataset.json";

  /** A dataset without synsets and notes, whose pictures are not variants. */
  public Dataset(
      URI root,
      String digest,
      List<String> classNames,
      Counts counts,
      Map<String, List<Long>> classCounts,
      Map<String, String> source,
      List<ShardEntry> shards) {
    this(
        root,
        digest,
        classNames,
        counts,
        classCounts,
        source,
        shards,
        List.of(),
        Map.of(),
        new IgnoredFiles(),
        0);
  }

  /**
   * Opens a dataset.
   *
   * @throws CannotException if there is no readable dataset at {@code root}
   */
  public static Dataset open(URI root) {
    String what = "open the dataset " + JobFiles.shown(root);
    try {
      byte[] json =
          JobFiles.in(root)
              .read(FILE)
              .orElseThrow(
                  () ->
                      new CannotException(
                          what,
                          "there is no " + FILE + " in it; give the folder that ingest made"));
      return DatasetFile.read(root, json);
    } catch (IOException | IllegalArgumentException e) {
      throw new CannotException(what, "its " + FILE + " can't be read: " + e.getMessage(), e);
    }
  }

  /** Writes the manifest into the dataset's folder. */
  public void write() throws IOException {
    try (OutputStream out = JobFiles.in(root).create(FILE)) {
      out.write(DatasetFile.text(this));
    }
  }

  /** The digest of a dataset with these shards (sorted by path) and classes. */
  public static String digestOf(List<ShardEntry> shards, List<String> classNames) {
    StringBuilder content = new StringBuilder();
    classNames.forEach(name -> content.append(name.length()).append(':').append(name).append('\n'));
    shards.forEach(s -> content.append(s.path()).append(' ').append(s.checksum()).append('\n'));
    return Digests.of(content.toString());
  }

  /** The shards of one split, in order of path. */
  public List<ShardEntry> shards(Split split) {
    return shards.stream().filter(shard -> shard.split() == split).toList();
  }

  /**
   * The id of the picture that a picture of this dataset is a variant of; its own id if it is not a
   * variant.
   */
  public String originalId(String id) {
    String original = id;
    for (int i = 0; i < variantDepth; i++) {
      int mark = original.lastIndexOf('#');
      original = mark < 0 ? original : original.substring(0, mark);
    }
    return original;
  }

  /** Images in one split that have no label; 0 where its classes were not counted. */
  public long unlabelled(Split split) {
    List<Long> counts = classCounts.get(split.text());
    return counts == null ? 0 : images(split) - counts.stream().mapToLong(Long::longValue).sum();
  }

  /** Images in one split that have a label; 0 where its classes were not counted. */
  public long images(Split split, int label) {
    List<Long> counts = classCounts.getOrDefault(split.text(), List.of());
    return label < counts.size() ? counts.get(label) : 0;
  }

  /** Images in one split. */
  public long images(Split split) {
    return shards(split).stream().mapToLong(ShardEntry::rows).sum();
  }
}
