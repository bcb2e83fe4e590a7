package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import io.millrace.pipeline.job.ByteSize;
import io.millrace.pipeline.job.Expectation;
import io.millrace.pipeline.job.Extent;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Parses single values. A wrong text is an IllegalArgumentException. */
final class Scalar {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final Map<Class<?>, String> NAMES =
      Map.ofEntries(
          Map.entry(int.class, "whole number"),
          Map.entry(Integer.class, "whole number"),
          Map.entry(long.class, "whole number"),
          Map.entry(Long.class, "whole number"),
          Map.entry(double.class, "number"),
          Map.entry(Double.class, "number"),
          Map.entry(boolean.class, "true or false"),
          Map.entry(Boolean.class, "true or false"),
          Map.entry(String.class, "text"),
          Map.entry(Location.class, "path"),
          Map.entry(ByteSize.class, "size, such as 128MB"),
          Map.entry(Share.class, "share, such as 1%"),
          Map.entry(Expectation.class, "comparison, such as \"accuracy >= 0.9\""),
          Map.entry(Extent.class, "number, or a share such as 5%"),
          Map.entry(Duration.class, "duration, such as 10s"));

  private Scalar() {}

  static boolean reads(Class<?> type) {
    return type.isEnum() || NAMES.containsKey(type);
  }

  /** The kind of value of that type, for messages and help. */
  static String describe(Class<?> type) {
    return type.isEnum() ? "one of " + String.join(", ", constants(type)) : NAMES.get(type);
  }

  static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(c -> Kebab.constant((Enum<?>) c)).toList();
  }

  static Object read(Class<?> type, String text, Range range) {
    if (type.isEnum()) {
      return constant(type, text);
    }
    if (type == int.class || type == Integer.class) {
      return Math.toIntExact(whole(text, range, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
    if (type == long.class || type == Long.class) {
      return whole(text, range, Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (type == double.class || type == Double.class) {
      return number(text, range);
    }
    if (type == boolean.class || type == Boolean.class) {
      return truth(text);
    }
    if (type == ByteSize.class) {
      return byteSize(text, range);
    }
    if (type == Share.class) {
      return share(text, range);
    }
    if (type == Expectation.class) {
      return Expectation.of(text);
    }
    if (type == Extent.class) {
      return span(text, range);
    }
    if (type == Duration.class) {
      return duration(text, range);
    }
    return type == Location.class ? new Location(text) : text;
  }

  private static Object constant(Class<?> type, String text) {
    for (Object constant : type.getEnumConstants()) {
      if (Names.of((Enum<?>) constant).reads(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "there is no '"
            + text
            + "'"
            + Nearest.hintAndList(text, constants(type), "the choices are"));
  }

  private static long whole(String text, Range range, long least, long most) {
    BigDecimal number = decimal(text, "is not a whole number");
    if (number.signum() != 0 && number.stripTrailingZeros().scale() > 0) {
      throw new IllegalArgumentException("'" + text + "' is not a whole number");
    }
    range.check(text, number.doubleValue());
    if (number.compareTo(BigDecimal.valueOf(least)) < 0
        || number.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is out of range: it must be between " + least + " and " + most);
    }
    return number.longValueExact();
  }

  private static double number(String text, Range range) {
    double number = decimal(text, "is not a number").doubleValue();
    if (Double.isInfinite(number)) {
      throw new IllegalArgumentException("'" + text + "' is too large for a number");
    }
    range.check(text, number);
    return number;
  }

  private static BigDecimal decimal(String text, String otherwise) {
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' " + otherwise, e);
    }
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    };
  }

  private static ByteSize byteSize(String text, Range range) {
    long bytes;
    try {
      bytes = ConfigValueFactory.fromAnyRef(text).atKey("size").getMemorySize("size").toBytes();
    } catch (ConfigException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a size: write bytes or a unit, such as 128MB or 64KiB", e);
    }
    range.check(text, (double) bytes);
    return new ByteSize(bytes);
  }

  private static Share share(String text, Range range) {
    String otherwise = "is not a share: write a percentage such as 1%, or a fraction such as 0.01";
    String stripped = text.strip();
    boolean percent = stripped.endsWith("%");
    String digits = percent ? stripped.substring(0, stripped.length() - 1) : stripped;
    BigDecimal fraction = decimal(digits, otherwise);
    if (percent) {
      fraction = fraction.movePointLeft(2);
    }
    if (fraction.signum() < 0 || fraction.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException("'" + text + "' is not within 0% to 100% (0 to 1)");
    }
    range.check(text, fraction.doubleValue());
    return new Share(fraction.doubleValue());
  }

  /** The range is of a number of units. */
  private static Extent span(String text, Range range) {
    if (text.strip().endsWith("%")) {
      return Extent.share(share(text, Range.ANY).fraction());
    }
    double units = number(text, range);
    if (units < 0) {
      throw new IllegalArgumentException("'" + text + "' is negative");
    }
    return Extent.of(units);
  }

  /** The range is in seconds. */
  private static Duration duration(String text, Range range) {
    String otherwise = "'" + text + "' is not a duration: write a unit, such as 10s, 5m, 12h or 7d";
    // HOCON would read a number without a unit as milliseconds, which users do not expect.
    if (text.strip().matches("[-+0-9.]*") && !text.strip().equals("0")) {
      throw new IllegalArgumentException(otherwise);
    }
    Duration duration;
    try {
      duration = ConfigValueFactory.fromAnyRef(text).atKey("time").getDuration("time");
    } catch (ConfigException e) {
      throw new IllegalArgumentException(otherwise, e);
    }
    if (duration.isNegative()) {
      throw new IllegalArgumentException("'" + text + "' is negative");
    }
    range.check(text, duration.getSeconds() + duration.getNano() / NANOS_PER_SECOND);
    return duration;
  }
}
