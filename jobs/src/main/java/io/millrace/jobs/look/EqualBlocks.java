package io.millrace.jobs.look;

import io.millrace.jobs.page.Thumbnails;
import io.millrace.jobs.page.Wording;
import io.millrace.jobs.shard.Dataset;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.CardPicture;
import io.millrace.pipeline.card.Column;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Equal pictures as a page shows them. */
final class EqualBlocks {
  private final Dataset dataset;
  private final EqualPictures equal;
  private final List<List<Integer>> chosen;
  private final Map<Integer, Shown> shown;
  private final Thumbnails thumbnails;

  /**
   * @param chosen the first pictures of the first groups
   */
  EqualBlocks(
      Dataset dataset,
      EqualPictures equal,
      List<List<Integer>> chosen,
      Map<Integer, Shown> shown,
      Thumbnails thumbnails) {
    this.dataset = dataset;
    this.equal = equal;
    this.chosen = chosen;
    this.shown = shown;
    this.thumbnails = thumbnails;
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading("Equal pictures"));
    if (equal.groups().isEmpty()) {
      blocks.add(new Block.Paragraph("No two pictures have the same pixels."));
      return blocks;
    }
    blocks.add(
        new Block.Paragraph(
            Amounts.count(equal.pictures())
                + (equal.pictures() == 1 ? " picture has" : " pictures have")
                + " the same pixels as another ("
                + Amounts.count(equal.groups().size(), "group")
                + ")."));
    if (equal.acrossClasses() > 0) {
      blocks.add(
          new Block.Warning(
              Amounts.count(equal.acrossClasses(), "group")
                  + (equal.acrossClasses() == 1 ? " is" : " are")
                  + " in several classes: at most one of the labels can be right."));
    }
    if (equal.acrossSplits() > 0) {
      blocks.add(
          new Block.Warning(
              Amounts.count(equal.acrossSplits(), "group")
                  + (equal.acrossSplits() == 1 ? " is" : " are")
                  + " in several splits: a score on such a split is too good."));
    }
    blocks.add(gallery());
    blocks.add(table());
    return blocks;
  }

  private Block gallery() {
    List<CardPicture> pictures = new ArrayList<>();
    for (int group = 0; group < chosen.size(); group++) {
      for (int place : chosen.get(group)) {
        Shown one = shown.get(place);
        String name = Wording.className(dataset, one.label());
        thumbnails
            .picture(
                one.small(),
                name + ": " + one.id() + ", of group " + (group + 1),
                (group + 1) + " \u00b7 " + name + " \u00b7 " + one.split().text())
            .ifPresent(pictures::add);
      }
    }
    return new Block.Gallery("Equal pictures, by the number of their group", pictures);
  }

  private Block table() {
    List<List<String>> rows = new ArrayList<>();
    for (int group = 0; group < chosen.size(); group++) {
      List<Integer> places = chosen.get(group);
      int all = equal.groups().get(group).size();
      rows.add(
          List.of(
              String.valueOf(group + 1),
              Amounts.count(all),
              each(places, one -> Wording.className(dataset, one.label())),
              each(places, one -> one.split().text()),
              each(places, Shown::id) + (all > places.size() ? ", \u2026" : "")));
    }
    int all = equal.groups().size();
    return new Block.Table(
        rows.size() < all
            ? "The first " + rows.size() + " of " + Amounts.count(all) + " groups"
            : "Groups",
        List.of(
            Column.figures("group"),
            Column.figures("pictures"),
            Column.words("classes"),
            Column.words("splits"),
            Column.words("ids")),
        rows);
  }

  private String each(List<Integer> places, Function<Shown, String> what) {
    return places.stream().map(shown::get).map(what).distinct().collect(Collectors.joining(", "));
  }
}
