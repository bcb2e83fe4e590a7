package io.millrace.pipeline.report;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cards of an earlier page as HTML. A skipped stage's card is the same as before, and a run
 * that has nothing to do must not take seconds to make it.
 */
final class KeptCards {
  /**
   * The version of the cards' form. It must be raised with every change of a card; cards of other
   * versions are made again.
   */
  private static final String FORM = "3";

  /** Text on a page is escaped, so only our own template writes this. */
  private static final Pattern CARD =
      Pattern.compile(
          "<div class=\"card\" data-card=\"([0-9a-z-]+)\">(.*?)<div"
              + " class=\"card-end\"></div></div>",
          Pattern.DOTALL);

  private final Map<String, String> cards = new HashMap<>();

  /**
   * @param page the HTML of an earlier report; any other text has no cards
   */
  KeptCards(String page) {
    Matcher matcher = CARD.matcher(page);
    while (matcher.find()) {
      cards.put(matcher.group(1), matcher.group(2));
    }
  }

  /** The key of a card. */
  static String key(String stageFingerprint) {
    return stageFingerprint + "-" + FORM;
  }

  /** The card's HTML. */
  Optional<String> card(String key) {
    return Optional.ofNullable(cards.get(key));
  }
}
