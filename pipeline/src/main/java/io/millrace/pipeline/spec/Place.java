package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.Optional;

/**
 * The place where something was written.
 *
 * @param source a file, {@link #TEXT}, or another origin such as {@code --set params.epochs}
 * @param line from 1; 0 if there are no lines
 */
record Place(String source, int line) implements Comparable<Place> {
  static final Place UNKNOWN = new Place("", 0);

  /** The source of a text that a program gave. */
  static final String TEXT = "HOCON text";

  /** HOCON's prefix for an object merged from several places. */
  private static final String MERGED = "merge of ";

  private static final Comparator<Place> ORDER =
      Comparator.comparing((Place place) -> place.line == 0)
          .thenComparing(Place::source)
          .thenComparingInt(Place::line);

  /**
   * The place of a value. An object that was merged with an override has no line of its own: its
   * place is that of its first key.
   */
  static Place of(ConfigValue value) {
    ConfigOrigin origin = value.origin();
    if (origin.filename() != null) {
      return new Place(plain(origin.filename()), Math.max(0, origin.lineNumber()));
    }
    if (isOfText(origin)) {
      return of(origin);
    }
    if (value instanceof ConfigObject object) {
      Optional<Place> first = firstInside(object);
      if (first.isPresent()) {
        return first.get();
      }
    }
    return of(origin);
  }

  static Place of(ConfigOrigin origin) {
    if (isOfText(origin)) {
      return new Place(TEXT, Math.max(0, origin.lineNumber()));
    }
    String source = origin.filename() == null ? origin.description() : origin.filename();
    String numbered = ": " + origin.lineNumber();
    if (source.endsWith(numbered)) {
      source = source.substring(0, source.length() - numbered.length());
    }
    boolean counts = origin.filename() != null && origin.lineNumber() > 0;
    return new Place(plain(source), counts ? origin.lineNumber() : 0);
  }

  /** HOCON appends the line, or the lines of merged values, to the given name. */
  private static boolean isOfText(ConfigOrigin origin) {
    String description = origin.description();
    return origin.filename() == null
        && (description.equals(TEXT) || description.startsWith(TEXT + ": "));
  }

  /** A line of a file named by HOCON. */
  static Place of(String file, int line) {
    return new Place(plain(file), line);
  }

  private static Optional<Place> firstInside(ConfigObject object) {
    try {
      return object.values().stream()
          .map(Place::of)
          .filter(place -> !place.source.startsWith(MERGED))
          .min(Comparator.naturalOrder());
    } catch (ConfigException.NotResolved e) {
      return Optional.empty();
    }
  }

  /** The reader puts "./" before a bare file name so that includes are found beside it. */
  private static String plain(String source) {
    return source.startsWith("./") ? source.substring(2) : source;
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line;
  }
}
