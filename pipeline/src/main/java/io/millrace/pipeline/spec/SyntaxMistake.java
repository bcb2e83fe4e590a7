package io.millrace.pipeline.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A syntax error with its likely place. The parser gives the place where it stopped, which for a
 * missing bracket is the end of the file.
 */
record SyntaxMistake(Place place, Mark mark, String message) {
  /** Messages about a closing bracket that is missing or does not match. */
  private static final Pattern BRACKET = Pattern.compile("end of file|token: '[}\\]]'");

  private static final String BROKEN_QUOTE = "newline in quoted string";

  /** Parts of messages with advice about JSON and Java properties, which does not apply here. */
  private static final List<String> ASIDES = List.of(" (if you intended", " (JSON does not allow");

  /**
   * @param fallback the file, if the parser gives no place
   */
  static SyntaxMistake of(ConfigException e, Place fallback) {
    Place place = e.origin() == null ? fallback : Place.of(e.origin());
    return of(e, place, text(place));
  }

  /**
   * @param text the text that was parsed
   */
  static SyntaxMistake of(ConfigException e, Place place, String text) {
    String reason = Syntax.reason(e);
    if (BRACKET.matcher(reason).find()) {
      Optional<Unclosed> unclosed = Unclosed.in(text);
      if (unclosed.isPresent()) {
        return unclosed(place, unclosed.get());
      }
    }
    String line = text.lines().skip(Math.max(0, place.line() - 1)).findFirst().orElse("");
    if (reason.contains(BROKEN_QUOTE) && line.contains("\"")) {
      return new SyntaxMistake(
          place,
          Mark.word("", line.substring(line.lastIndexOf('"'))),
          "the quoted text that begins here has no closing '\"' on this line");
    }
    for (String aside : ASIDES) {
      int start = reason.indexOf(aside);
      reason = start < 0 ? reason : reason.substring(0, start);
    }
    return new SyntaxMistake(place, Mark.NONE, reason);
  }

  private static SyntaxMistake unclosed(Place place, Unclosed unclosed) {
    char closing = unclosed.bracket() == '{' ? '}' : ']';
    return new SyntaxMistake(
        new Place(place.source(), unclosed.line()),
        Mark.word("", Character.toString(unclosed.bracket())),
        "this '" + unclosed.bracket() + "' is never closed: a '" + closing + "' is missing");
  }

  /** The file's text; empty if it can't be read, which is rare since it was just parsed. */
  private static String text(Place place) {
    try {
      return Files.readString(Path.of(place.source()), UTF_8);
    } catch (IOException | IllegalArgumentException e) {
      return "";
    }
  }

  void addTo(Problems problems) {
    problems.add(place, mark, message);
  }
}
