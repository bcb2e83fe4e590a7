package io.millrace.pipeline.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values of an artifact as a person reads them, none of them endless. */
public final class ValueText {
  /** Names that are shown of a long list. */
  private static final int MOST = 12;

  private static final int LONGEST = 40;
  private static final String ELLIPSIS = "...";

  private ValueText() {}

  /** {@code 0.4344}. */
  public static String fraction(double number) {
    return Amounts.decimal(number, 4);
  }

  /** A name from the user's data: on one line, without what a terminal would obey, not endless. */
  public static String name(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", "?");
    int points = plain.codePointCount(0, plain.length());
    return points <= LONGEST
        ? plain
        : plain.substring(0, plain.offsetByCodePoints(0, LONGEST - ELLIPSIS.length())) + ELLIPSIS;
  }

  /** {@code disc, ring, square and 7 more}. */
  public static String list(List<String> all) {
    List<String> some = all.subList(0, Math.min(MOST, all.size()));
    String rest = all.size() > MOST ? " and " + Amounts.count(all.size() - MOST) + " more" : "";
    // ImageNet's names have commas of their own.
    boolean commas = some.stream().anyMatch(each -> each.contains(","));
    return String.join(commas ? "; " : ", ", some) + rest;
  }

  /** Anything that JSON can hold, keys before their values. */
  public static String of(Object value) {
    if (value instanceof Map<?, ?> map) {
      List<String> parts = new ArrayList<>();
      map.forEach((key, each) -> parts.add(name(key + " ") + of(each)));
      return String.join(", ", parts);
    }
    if (value instanceof List<?> list) {
      return list(list.stream().map(ValueText::of).toList());
    }
    if (value instanceof Long whole) {
      return Amounts.count(whole);
    }
    if (value instanceof Double number) {
      return fraction(number);
    }
    return name(String.valueOf(value));
  }
}
