package io.millrace.jobs.look;

import io.millrace.jobs.datasetcard.DatasetCard;
import io.millrace.jobs.page.Thumbnails;
import io.millrace.jobs.page.Wording;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.stats.ChannelBlocks;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.CardPicture;
import io.millrace.pipeline.card.Series;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The page of a look: what was seen, in words, charts and pictures. */
final class LookCard {
  /** Characters that the pictures of a page take at most. */
  private static final long ROOM = 3_000_000;

  /** Classes up to here have a row of pictures each. */
  private static final int FEW_CLASSES = 40;

  private static final int PERCENT = 100;

  private final Dataset dataset;
  private final Sight sight;
  private final EqualPictures equal;
  private final ShownPictures choice;
  private final Map<Integer, Shown> shown;
  private final Thumbnails thumbnails = new Thumbnails(ROOM);

  LookCard(
      Dataset dataset,
      Sight sight,
      EqualPictures equal,
      ShownPictures choice,
      Map<Integer, Shown> shown) {
    this.dataset = dataset;
    this.sight = sight;
    this.equal = equal;
    this.choice = choice;
    this.shown = shown;
  }

  Card card() throws IOException {
    DatasetCard about = new DatasetCard(dataset);
    List<Block> blocks = new ArrayList<>(about.counts());
    if (sight.pictures() < dataset.counts().out()) {
      blocks.add(
          new Block.Paragraph(
              "The rest of this page is about a sample: "
                  + which()
                  + ", spread evenly over the dataset."));
    }
    // The most important first: when the page is full, later pictures are left out.
    List<Block> quarantine = about.quarantine(thumbnails);
    blocks.addAll(undecodable());
    blocks.addAll(light());
    blocks.addAll(new EqualBlocks(dataset, equal, choice.equal(), shown, thumbnails).blocks());
    blocks.add(new Block.Heading("Sizes"));
    blocks.addAll(sight.sizes().blocks(which()));
    blocks.addAll(new SizeBars(sight.sizes().counts()).blocks());
    sight
        .histograms()
        .ifPresent(
            histograms -> {
              blocks.add(new Block.Heading("Channels"));
              blocks.addAll(ChannelBlocks.of(histograms));
            });
    blocks.addAll(gallery());
    blocks.addAll(quarantine);
    blocks.addAll(about.source());
    return new Card(blocks);
  }

  private String which() {
    return sight.pictures() < dataset.counts().out()
        ? Amounts.count(sight.pictures())
            + " of "
            + Amounts.count(dataset.counts().out(), "picture")
        : "all " + Amounts.count(sight.pictures(), "picture");
  }

  private List<Block> undecodable() {
    int[] places = sight.places(Seen.Mark.UNDECODABLE);
    if (places.length == 0) {
      return List.of();
    }
    return List.of(
        new Block.Warning(
            Amounts.count(places.length, "picture")
                + " can't be decoded, though the shards are whole; the first is row "
                + sight.row(places[0])
                + " of row group "
                + sight.range(places[0]).group()
                + " in "
                + sight.range(places[0]).shard().path()
                + "."));
  }

  private List<Block> light() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading("Light"));
    double step = (double) PERCENT / Seen.LEVELS;
    blocks.add(
        new Block.Bars(
            "Mean level of each picture, in % of white",
            "images",
            IntStream.range(0, Seen.LEVELS)
                .mapToObj(i -> Math.round(i * step) + "\u2013" + Math.round((i + 1) * step))
                .toList(),
            List.of(
                Series.ofBars("images", Arrays.stream(sight.levels()).asDoubleStream().toArray())),
            false));
    blocks.addAll(near("Near-black", Seen.Mark.NEAR_BLACK, choice.black()));
    blocks.addAll(near("Near-white", Seen.Mark.NEAR_WHITE, choice.white()));
    return blocks;
  }

  private List<Block> near(String name, Seen.Mark mark, List<Integer> places) {
    int all = sight.places(mark).length;
    if (all == 0) {
      return List.of(new Block.Paragraph(name + " pictures: none."));
    }
    List<CardPicture> pictures = new ArrayList<>();
    for (int place : places) {
      Shown one = shown.get(place);
      picture(place, Wording.className(dataset, one.label()) + " \u00b7 " + one.id())
          .ifPresent(pictures::add);
    }
    String count = Amounts.count(all) + " (" + Amounts.share(all, sight.pictures()) + ")";
    return List.of(
        new Block.Warning(
            name
                + " pictures: "
                + count
                + ". Nearly nothing can be seen of them: less than 5 % between their mean level and"
                + " "
                + (mark == Seen.Mark.NEAR_BLACK ? "black" : "white")
                + ", and less than 5 % deviation."),
        new Block.Gallery(
            pictures.size() < all ? name + ", the first " + pictures.size() : name, pictures));
  }

  private List<Block> gallery() {
    boolean few = choice.byClass().size() <= FEW_CLASSES;
    Map<Integer, List<CardPicture>> byClass = new TreeMap<>();
    // One picture of each class in turn, so that a full page leaves out as many of each class.
    for (int turn = 0, tried = 1; tried > 0; turn++) {
      tried = 0;
      for (Map.Entry<Integer, List<Integer>> entry : choice.byClass().entrySet()) {
        if (turn < entry.getValue().size()) {
          String caption = few ? "" : Wording.className(dataset, entry.getKey());
          picture(entry.getValue().get(turn), caption)
              .ifPresent(
                  it -> byClass.computeIfAbsent(entry.getKey(), l -> new ArrayList<>()).add(it));
          tried++;
        }
      }
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading("Pictures"));
    if (few) {
      byClass.forEach(
          (label, pictures) ->
              blocks.add(new Block.Gallery(Wording.className(dataset, label), pictures)));
    } else {
      blocks.add(
          new Block.Gallery(
              "Pictures of " + Amounts.count(byClass.size()) + " classes",
              byClass.values().stream().flatMap(List::stream).toList()));
    }
    return blocks;
  }

  private Optional<CardPicture> picture(int place, String caption) {
    Shown one = shown.get(place);
    return thumbnails.picture(
        one.small(), Wording.className(dataset, one.label()) + ": " + one.id(), caption);
  }
}
