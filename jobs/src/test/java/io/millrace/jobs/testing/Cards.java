package io.millrace.jobs.testing;

import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.CardPicture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/** What stands on a card. */
public final class Cards {
  private Cards() {}

  /** All blocks of a kind, those in folds too. */
  public static <B extends Block> List<B> all(Card card, Class<B> kind) {
    List<B> found = new ArrayList<>();
    collect(card.blocks(), kind, found);
    return found;
  }

  private static <B extends Block> void collect(List<Block> blocks, Class<B> kind, List<B> found) {
    for (Block block : blocks) {
      if (kind.isInstance(block)) {
        found.add(kind.cast(block));
      }
      if (block instanceof Block.Fold fold) {
        collect(fold.blocks(), kind, found);
      }
    }
  }

  /** The value of a main figure. */
  public static String figure(Card card, String name) {
    return all(card, Block.Figures.class).stream()
        .flatMap(it -> it.figures().stream())
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  /** The rows of the table whose caption begins so. */
  public static List<List<String>> table(Card card, String caption) {
    return all(card, Block.Table.class).stream()
        .filter(it -> it.caption().startsWith(caption))
        .findFirst()
        .orElseThrow()
        .rows();
  }

  /** The bars of that title. */
  public static Block.Bars bars(Card card, String title) {
    return all(card, Block.Bars.class).stream()
        .filter(it -> it.title().startsWith(title))
        .findFirst()
        .orElseThrow();
  }

  /** The values of one series of bars. */
  public static double[] values(Block.Bars bars, String series) {
    return bars.series().stream()
        .filter(it -> it.name().equals(series))
        .findFirst()
        .orElseThrow()
        .y();
  }

  /** The pictures of the gallery whose caption begins so; none if there is no such gallery. */
  public static List<CardPicture> gallery(Card card, String caption) {
    return all(card, Block.Gallery.class).stream()
        .filter(it -> it.caption().startsWith(caption))
        .flatMap(it -> it.pictures().stream())
        .toList();
  }

  /** All pictures. */
  public static List<CardPicture> pictures(Card card) {
    return gallery(card, "");
  }

  /** All warnings. */
  public static List<String> warnings(Card card) {
    return all(card, Block.Warning.class).stream().map(Block.Warning::text).toList();
  }

  /** All paragraphs. */
  public static List<String> paragraphs(Card card) {
    return all(card, Block.Paragraph.class).stream().map(Block.Paragraph::text).toList();
  }

  /** A picture as javax.imageio decodes it. */
  public static BufferedImage decoded(CardPicture picture) throws IOException {
    byte[] file = Base64.getDecoder().decode(picture.data().split(",", -1)[1]);
    return ImageIO.read(new ByteArrayInputStream(file));
  }
}
