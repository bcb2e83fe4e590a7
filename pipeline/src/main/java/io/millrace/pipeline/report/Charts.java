package io.millrace.pipeline.report;

import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Series;
import io.millrace.pipeline.store.JsonText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Charts as JSON for the page's script, and as text for users who can't see them. */
final class Charts {
  /** More digits make no difference on a screen. */
  private static final MathContext DIGITS = new MathContext(5);

  /** The most series that the text describes; of the others it gives only the number. */
  private static final int MOST_IN_WORDS = 4;

  private Charts() {}

  /**
   * {@code {"kind": "lines", "x", "y", "series": [{"name", "faint", "points": [[x, y]]}]}}, and
   * {@code "marks": [{"x", "text"}]} if there are any.
   */
  static String json(Block.Lines lines) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", "lines");
    json.put("x", lines.x());
    json.put("y", lines.y());
    json.put("series", lines.series().stream().map(Thinning::of).map(Charts::points).toList());
    if (!lines.marks().isEmpty()) {
      json.put(
          "marks",
          lines.marks().stream()
              .map(mark -> Map.of("x", rounded(mark.x()), "text", mark.text()))
              .toList());
    }
    return JsonText.line(json);
  }

  /** {@code {"kind": "bars", "unit", "stacked", "names", "series": [{"name", "values"}]}}. */
  static String json(Block.Bars bars) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", "bars");
    json.put("unit", bars.unit());
    json.put("stacked", bars.stacked());
    json.put("names", bars.names());
    List<Object> series = new ArrayList<>();
    for (Series each : bars.series()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", each.name());
      one.put("values", Arrays.stream(each.y()).mapToObj(Charts::rounded).toList());
      series.add(one);
    }
    json.put("series", series);
    return JsonText.line(json);
  }

  private static Map<String, Object> points(Series series) {
    List<Object> points = new ArrayList<>();
    for (int i = 0; i < series.x().length; i++) {
      points.add(Arrays.asList(rounded(series.x()[i]), rounded(series.y()[i])));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", series.name());
    json.put("faint", series.faint());
    json.put("points", points);
    return json;
  }

  /** A value with fewer digits; null for a gap. */
  private static Number rounded(double value) {
    if (!Double.isFinite(value)) {
      return null;
    }
    // Whole numbers such as round 123,456 must stay different.
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? (Number) (long) value
        : new BigDecimal(value).round(DIGITS);
  }

  /** {@code Loss, nats over round: smoothed from 2.3 to 0.27, lowest 0.25, highest 2.31}. */
  static String words(Block.Lines lines) {
    String marks =
        lines.marks().stream()
            .map(mark -> "; " + mark.text() + " from " + figure(mark.x()) + " on")
            .collect(Collectors.joining());
    return lines.title()
        + ", "
        + lines.y()
        + " over "
        + lines.x()
        + ": "
        + words(lines.series())
        + marks;
  }

  private static String words(List<Series> series) {
    List<Series> told = series.stream().filter(each -> !each.faint()).toList();
    if (told.isEmpty()) {
      told = series;
    }
    String text =
        told.stream()
            .limit(MOST_IN_WORDS)
            .map(each -> each.name() + " " + extent(each.y()))
            .collect(Collectors.joining("; "));
    return told.size() > MOST_IN_WORDS
        ? text + "; and " + (told.size() - MOST_IN_WORDS) + " more lines"
        : text;
  }

  private static String extent(double[] all) {
    double[] y = Arrays.stream(all).filter(Double::isFinite).toArray();
    if (y.length == 0) {
      return "without values";
    }
    return String.format(
        Locale.ROOT,
        "from %s to %s, lowest %s, highest %s",
        figure(y[0]),
        figure(y[y.length - 1]),
        figure(Arrays.stream(y).min().orElseThrow()),
        figure(Arrays.stream(y).max().orElseThrow()));
  }

  /** {@code Images per class, images: cat 500, dog 498}. */
  static String words(Block.Bars bars) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < bars.names().size() && i < 2 * MOST_IN_WORDS; i++) {
      double sum = 0;
      for (Series each : bars.series()) {
        sum += each.y()[i];
      }
      parts.add(bars.names().get(i) + " " + figure(sum));
    }
    int rest = bars.names().size() - parts.size();
    String more = rest > 0 ? ", and " + rest + " more" : "";
    return bars.title() + ", " + bars.unit() + ": " + String.join(", ", parts) + more;
  }

  private static String figure(double value) {
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }
}
