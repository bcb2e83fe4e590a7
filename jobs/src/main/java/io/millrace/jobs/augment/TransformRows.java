package io.millrace.jobs.augment;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.millrace.jobs.page.KeptPicture;
import io.millrace.jobs.page.Thumbnails;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.CardPicture;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.List;

/**
 * What transforms make of a few pictures, a row for each transform, as stored in a file or an
 * event.
 *
 * @param rows the pictures themselves first
 */
public record TransformRows(List<Row> rows) {
  /** No rows. */
  public static final TransformRows NONE = new TransformRows(List.of());

  /** The name of the event with the rows. */
  public static final String NAME = "transforms";

  /**
   * A row.
   *
   * @param caption the transform as it is written
   * @param pictures what it makes of them
   * @param leftOut how many pictures it can't be applied to
   * @param why it can't; empty if there are none
   */
  public record Row(
      String caption, List<KeptPicture> pictures, @JsonAlias("leftOut") int leftOut, String why) {}

  /** The rows for a card, as many as it has room for. */
  public List<Block> blocks(Thumbnails page) {
    List<Block> blocks = new ArrayList<>();
    for (Row row : rows) {
      List<CardPicture> shown = new ArrayList<>();
      for (KeptPicture picture : row.pictures()) {
        picture
            .on(page, picture.id() + ", " + row.caption(), picture.label())
            .ifPresent(shown::add);
      }
      if (!shown.isEmpty() || row.leftOut() > 0) {
        blocks.add(new Block.Gallery(row.caption(), shown));
      }
      if (row.leftOut() > 0) {
        int all = row.pictures().size() + row.leftOut();
        blocks.add(
            new Block.Paragraph(
                "%s of %s left out: %s."
                    .formatted(
                        Amounts.count(row.leftOut()), Amounts.count(all, "picture"), row.why())));
      }
    }
    return blocks;
  }
}
