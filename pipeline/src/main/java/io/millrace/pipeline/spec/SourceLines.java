package io.millrace.pipeline.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.pipeline.Excerpt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lines that problems are on: of files, and of the {@code --set} of a command line. */
final class SourceLines {
  private static final String SET = "--set ";

  private final List<String> sets;
  private final Map<String, List<String>> files = new HashMap<>();

  /** The lines of a text, with the name {@link Place#TEXT}. */
  static SourceLines ofText(String text) {
    SourceLines lines = new SourceLines(List.of());
    lines.files.put(Place.TEXT, text.lines().toList());
    return lines;
  }

  /**
   * @param sets each {@code key=value}
   */
  SourceLines(List<String> sets) {
    this.sets = sets;
  }

  /** The line at a place; empty if there is none or it can't be read. */
  Optional<Excerpt> excerpt(Place place, Mark mark) {
    if (place.line() > 0) {
      List<String> lines = files.computeIfAbsent(place.source(), SourceLines::read);
      return place.line() > lines.size()
          ? Optional.empty()
          : mark.in(place.line(), lines.get(place.line() - 1));
    }
    if (!place.source().startsWith(SET)) {
      return Optional.empty();
    }
    String key = place.source().substring(SET.length());
    Optional<Excerpt> found = Optional.empty();
    for (String set : sets) {
      // Of several with the same key, the one with the word, else the last, which is the one used.
      if (Overrides.key(set).equals(key)
          && (found.isEmpty() || set.contains(mark.word().orElse("")))) {
        found = mark.in(0, SET + set);
      }
    }
    return found;
  }

  private static List<String> read(String file) {
    try {
      // ISO 8859-1 reads any bytes; HOCON has already checked the file.
      return new String(Files.readAllBytes(Path.of(file)), UTF_8).lines().toList();
    } catch (IOException | InvalidPathException e) {
      return List.of();
    }
  }
}
