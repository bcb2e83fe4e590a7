package io.millrace.pipeline.report;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.millrace.pipeline.card.Card;

/** A card alone as a page. */
public final class CardPage {
  private CardPage() {}

  /**
   * The page: one HTML document with all that it needs.
   *
   * @param kind what it is, a word or two over the title, e.g. {@code Dataset}
   * @param title its heading
   */
  public static String html(String kind, String title, Card card) {
    StringOutput out = new StringOutput();
    JtecardGenerated.render(
        new OwaspHtmlTemplateOutput(out),
        null,
        Assets.packaged(),
        kind,
        title,
        PictureBudget.kept(card));
    return out.toString();
  }
}
