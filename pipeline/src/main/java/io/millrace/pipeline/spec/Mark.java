package io.millrace.pipeline.spec;

import io.millrace.pipeline.Excerpt;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a line that a problem is about: a key or a word of its value. HOCON knows only lines,
 * so the columns are found by a search for the names of the key's path from left to right, as far
 * as they are on the line, and then for the word after them.
 *
 * @param path the key's path in the file, e.g. {@code stages.model.augment[0].flip}; may be empty
 * @param word the wrong word in its value; empty if the key itself is wrong
 */
record Mark(String path, Optional<String> word) {
  /** No part of the line. */
  static final Mark NONE = new Mark("", Optional.empty());

  private static final String KEY_BEFORE = "(?<![\\w$\\-/@])";
  private static final String KEY_AFTER = "(?=\"?\\s*(?:[=:{.+]|$))";
  private static final Pattern WORDLIKE = Pattern.compile("[\\w\\-]");

  static Mark key(String path) {
    return new Mark(path, Optional.empty());
  }

  static Mark word(String path, String word) {
    return new Mark(path, Optional.of(word));
  }

  /**
   * The line with the wrong part; empty if that can't be found on it. For {@link #NONE}, the line
   * without a part.
   */
  Optional<Excerpt> in(int number, String line) {
    Matcher none = Pattern.compile("").matcher(line);
    none.find();
    Matcher key = none;
    int after = 0;
    for (String name : path.replaceAll("\\[\\d+\\]", "").split("\\.", -1)) {
      Matcher found = keyPattern(name).matcher(line);
      if (!name.isEmpty() && found.find(after)) {
        key = found;
        after = found.end();
      }
    }
    Matcher marked = key;
    if (word.isPresent() && !word.get().isBlank()) {
      Matcher found = wordPattern(word.get()).matcher(line);
      if (found.find(after) || found.find(0)) {
        marked = found;
      }
    }
    Excerpt excerpt = new Excerpt(number, line, marked.start(), marked.end());
    return marked == none && !equals(NONE) ? Optional.empty() : Optional.of(excerpt);
  }

  private static Pattern keyPattern(String name) {
    return Pattern.compile(KEY_BEFORE + Pattern.quote(name) + KEY_AFTER);
  }

  /** Finds only whole words: not the 1 in "10". */
  private static Pattern wordPattern(String word) {
    String before = isWordlike(word.substring(0, 1)) ? "(?<![\\w\\-])" : "";
    String after = isWordlike(word.substring(word.length() - 1)) ? "(?![\\w\\-])" : "";
    return Pattern.compile(before + Pattern.quote(word) + after);
  }

  private static boolean isWordlike(String letter) {
    return WORDLIKE.matcher(letter).matches();
  }
}
