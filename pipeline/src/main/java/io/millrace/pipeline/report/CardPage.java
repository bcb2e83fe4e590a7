package io.millrace.pipeline.report;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.millrace.pipeline.card.Card;

/** A page with a single card. */
public final class CardPage {
  private CardPage() {}

  /**
   * The page: one HTML document that needs no other file.
   *
   * @param kind the kind of page, a word or two above the title, e.g. {@code Dataset}
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
