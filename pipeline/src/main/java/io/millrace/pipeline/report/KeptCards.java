package io.millrace.pipeline.report;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cards on an earlier page as they stand there. What a skipped stage shows is the same as
 * before, and a run that has nothing to do must not take seconds to show it.
 */
final class KeptCards {
  /** Cards of another form of page are made again; to be raised with every change of a card. */
  private static final String FORM = "3";

  /** Text on a page is escaped, so that nothing but our own template writes these. */
  private static final Pattern CARD =
      Pattern.compile(
          "<div class=\"card\" data-card=\"([0-9a-z-]+)\">(.*?)<div class=\"card-end\"></div></div>",
          Pattern.DOTALL);

  private final Map<String, String> cards = new HashMap<>();

  /**
   * @param page the HTML of an earlier report; anything else holds no card
   */
  KeptCards(String page) {
    Matcher matcher = CARD.matcher(page);
    while (matcher.find()) {
      cards.put(matcher.group(1), matcher.group(2));
    }
  }

  /** What tells one card from all others. */
  static String key(String stageFingerprint) {
    return stageFingerprint + "-" + FORM;
  }

  /** The card's HTML. */
  Optional<String> card(String key) {
    return Optional.ofNullable(cards.get(key));
  }
}
