package io.millrace.pipeline.job;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a stage's figure must be, written {@code "accuracy >= 0.9"} or {@code "quarantined <= 1%"}.
 *
 * @param figure its name among the figures that the job gives
 * @param than the comparison
 * @param value the number that it is compared with; a percentage as a share of 1
 * @param isShare whether a percentage was written: a count is then divided by what went in
 */
public record Expectation(String figure, Comparison than, double value, boolean isShare)
    implements Serializable {
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*([A-Za-z][\\w.-]*)\\s*(>=|<=|==|>|<)\\s*([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\\s*(%?)\\s*");
  private static final double PERCENT = 100;

  /** How a figure is compared. */
  public enum Comparison {
    /** {@code >=}. */
    AT_LEAST(">="),
    /** {@code <=}. */
    AT_MOST("<="),
    /** {@code >}. */
    ABOVE(">"),
    /** {@code <}. */
    BELOW("<"),
    /** {@code ==}. */
    EQUAL("==");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    private boolean holds(double one, double other) {
      return switch (this) {
        case AT_LEAST -> one >= other;
        case AT_MOST -> one <= other;
        case ABOVE -> one > other;
        case BELOW -> one < other;
        case EQUAL -> one == other;
      };
    }
  }

  /**
   * Reads an expectation.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Expectation of(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw refused(text);
    }
    Comparison than = null;
    for (Comparison each : Comparison.values()) {
      than = each.sign.equals(parts.group(2)) ? each : than;
    }
    try {
      BigDecimal number = new BigDecimal(parts.group(3));
      boolean share = !parts.group(4).isEmpty();
      return new Expectation(
          parts.group(1), than, (share ? number.movePointLeft(2) : number).doubleValue(), share);
    } catch (NumberFormatException e) {
      throw refused(text);
    }
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is not an expectation: write a figure, >=, <=, >, < or ==, and a number, such as"
            + " \"accuracy >= 0.9\" or \"quarantined <= 1%\"");
  }

  /**
   * Why figures do not meet it; empty if they do.
   *
   * @param figures by name
   */
  public Optional<String> failure(Map<String, Object> figures) {
    if (!(figures.get(figure) instanceof Number found)) {
      return Optional.of(
          "there is no figure %s, and the stage expects %s; its figures are %s"
              .formatted(figure, this, String.join(", ", figures.keySet())));
    }
    double actual = isShare ? share(found, figures) : found.doubleValue();
    return than.holds(actual, value)
        ? Optional.empty()
        : Optional.of("%s is %s, and the stage expects %s".formatted(figure, text(actual), this));
  }

  /** A count as a share of all that went in. */
  private static double share(Number found, Map<String, Object> figures) {
    boolean count = found instanceof Long || found instanceof Integer;
    Object whole = figures.containsKey("in") ? figures.get("in") : figures.get("images");
    return count && whole instanceof Number all && all.doubleValue() > 0
        ? found.doubleValue() / all.doubleValue()
        : found.doubleValue();
  }

  private String text(double number) {
    return isShare
        ? String.format(Locale.ROOT, "%.4g %%", number * PERCENT)
        : String.format(Locale.ROOT, "%.6g", number);
  }

  /** As it is written. */
  @Override
  public String toString() {
    BigDecimal number = BigDecimal.valueOf(value);
    String shown =
        (isShare ? number.movePointRight(2) : number).stripTrailingZeros().toPlainString();
    return figure + " " + than.sign + " " + shown + (isShare ? "%" : "");
  }
}
