package io.millrace.jobs.datasetcard;

import io.millrace.jobs.page.Thumbnails;
import io.millrace.jobs.shard.ClassFindings;
import io.millrace.jobs.shard.Counts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.Column;
import io.millrace.pipeline.card.Figure;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What pages show about a dataset. */
public final class DatasetCard {
  /** The most characters that the pictures of a card may take. */
  private static final long ROOM = 600_000;

  private static final String EQUAL = "equal-pictures";
  private static final String ACROSS_SPLITS = "contents-in-several-splits";

  /** Ingest's notes as texts for a table with numbers of pictures. */
  private static final Map<String, String> NOTES = notes();

  private final Dataset dataset;

  public DatasetCard(Dataset dataset) {
    this.dataset = dataset;
  }

  /**
   * The card of the dataset at {@code root}, with a few of its pictures.
   *
   * @throws io.millrace.pipeline.CannotException if there is no readable dataset
   */
  public static Card of(URI root) throws IOException {
    DatasetCard card = new DatasetCard(Dataset.open(root));
    Thumbnails thumbnails = new Thumbnails(ROOM);
    List<Block> blocks = new ArrayList<>(card.counts());
    // Before the sample, so that there is always room for it.
    List<Block> quarantine = card.quarantine(thumbnails);
    blocks.addAll(card.sample(thumbnails));
    blocks.addAll(quarantine);
    blocks.addAll(card.source());
    return new Card(blocks);
  }

  /** Main figures, images of each class and split, and notes. */
  public List<Block> counts() {
    ClassBlocks classes = new ClassBlocks(dataset);
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Figures(figures(classes)));
    long across = dataset.notes().getOrDefault(ACROSS_SPLITS, 0L);
    if (across > 0) {
      blocks.add(
          new Block.Warning(
              Amounts.count(across, "picture")
                  + (across == 1 ? " is" : " are")
                  + " in more than one split: results on such a split look better than they are."));
    }
    ClassFindings.of(dataset).forEach(finding -> blocks.add(new Block.Warning(finding)));
    blocks.addAll(classes.blocks());
    if (!dataset.notes().isEmpty()) {
      blocks.add(
          new Block.Table(
              "Notes",
              List.of(Column.words("what"), Column.figures("pictures")),
              dataset.notes().entrySet().stream()
                  .map(it -> List.of(words(it.getKey()), Amounts.count(it.getValue())))
                  .toList()));
    }
    return blocks;
  }

  /** The quarantined records; no blocks if there are none. */
  public List<Block> quarantine(Thumbnails thumbnails) throws IOException {
    return new QuarantineBlocks(dataset, thumbnails).blocks();
  }

  /** Where the dataset comes from, and under which terms. */
  public List<Block> source() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading("Source"));
    Terms.of(dataset.source()).map(Block.Paragraph::new).ifPresent(blocks::add);
    List<List<String>> rows = new ArrayList<>();
    dataset.source().forEach((key, value) -> rows.add(List.of(key, value)));
    dataset.ignored().sentences().forEach(sentence -> rows.add(List.of("files ignored", sentence)));
    rows.add(List.of("digest of the dataset", dataset.digest()));
    blocks.add(
        new Block.Table("Origin", List.of(Column.words("what"), Column.words("value")), rows));
    return blocks;
  }

  private List<Block> sample(Thumbnails thumbnails) {
    List<Block> blocks = new ArrayList<>();
    try {
      RowSample sample = RowSample.of(dataset);
      blocks.add(new Block.Heading("Pictures"));
      blocks.addAll(
          sample
              .sizes()
              .blocks(
                  Amounts.count(sample.sizes().pictures())
                      + " of "
                      + Amounts.count(dataset.counts().out(), "picture")));
      blocks.addAll(new SampleGallery(dataset, thumbnails).blocks(sample));
    } catch (IOException | RuntimeException damaged) {
      // Parquet's reader throws any kind of exception at damage; jobs that read the shard say where
      // it is.
      blocks.add(
          new Block.Warning(
              "No pictures can be shown: a shard of the dataset is missing or damaged."));
    }
    return blocks;
  }

  private List<Figure> figures(ClassBlocks classes) {
    Counts counts = dataset.counts();
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("images", Amounts.count(counts.out()), splits()));
    figures.add(new Figure("classes", Amounts.count(dataset.classNames().size()), classes.range()));
    figures.add(
        new Figure(
            "on disk",
            Amounts.bytes(dataset.shards().stream().mapToLong(ShardEntry::bytes).sum()),
            Amounts.count(dataset.shards().size(), "shard")));
    figures.add(
        new Figure(
            "quarantined",
            Amounts.count(counts.quarantined()),
            Amounts.share(counts.quarantined(), counts.in())
                + " of "
                + Amounts.count(counts.in(), "record")));
    if (counts.leftOut() > 0) {
      figures.add(new Figure("left out", Amounts.count(counts.leftOut()), "by the stage's keys"));
    }
    if (counts.ignored() > 0) {
      figures.add(
          new Figure("files ignored", Amounts.count(counts.ignored()), "by kind under Source"));
    }
    return figures;
  }

  private String splits() {
    return Arrays.stream(Split.values())
        .filter(split -> dataset.images(split) > 0)
        .map(split -> split.text() + " " + Amounts.count(dataset.images(split)))
        .collect(Collectors.joining(", "));
  }

  private static String words(String note) {
    return NOTES.getOrDefault(note, note);
  }

  private static Map<String, String> notes() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put(EQUAL, "equal to another, byte for byte");
    words.put(ACROSS_SPLITS, "contents that are in several splits");
    words.put("gray", "grey");
    words.put("turned-upright", "turned upright according to their EXIF data");
    words.put("colour-profile-ignored", "with a colour profile, which is ignored");
    words.put("cmyk", "stored as CMYK");
    words.put("transparency", "with transparency");
    words.put("truncated-kept", "that end early; their missing part was filled");
    return words;
  }
}
