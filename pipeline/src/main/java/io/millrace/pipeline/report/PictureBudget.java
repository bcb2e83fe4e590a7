package io.millrace.pipeline.report;

import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.CardPicture;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a page small enough for e-mail, by leaving out the last pictures, which the page then says.
 */
final class PictureBudget {
  /** With the charts library and the rest, a page stays below 5 MB. */
  private static final long LETTERS = 3_600_000;

  private long left = LETTERS;

  /** A card that is alone on its page. */
  static Card kept(Card card) {
    return new PictureBudget().take(card);
  }

  /** The next card of a page, with what earlier cards left of the budget. */
  Card take(Card card) {
    return new Card(take(card.blocks()));
  }

  /** Takes the size of a card that is already HTML from the budget; false if it does not fit. */
  boolean take(String html) {
    if (html.length() > left) {
      return false;
    }
    left -= html.length();
    return true;
  }

  private List<Block> take(List<Block> blocks) {
    List<Block> kept = new ArrayList<>();
    for (Block block : blocks) {
      if (block instanceof Block.Gallery gallery) {
        addSome(gallery, kept);
      } else if (block instanceof Block.Fold fold) {
        kept.add(new Block.Fold(fold.summary(), take(fold.blocks())));
      } else {
        kept.add(block);
      }
    }
    return kept;
  }

  private void addSome(Block.Gallery gallery, List<Block> kept) {
    List<CardPicture> some = new ArrayList<>();
    for (CardPicture picture : gallery.pictures()) {
      if (picture.data().length() > left) {
        break;
      }
      left -= picture.data().length();
      some.add(picture);
    }
    kept.add(new Block.Gallery(gallery.caption(), some));
    int missing = gallery.pictures().size() - some.size();
    if (missing > 0) {
      kept.add(
          new Block.Paragraph(
              Amounts.count(missing) + " more pictures are left out to keep this page small."));
    }
  }
}
