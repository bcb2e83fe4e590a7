package io.millrace.jobs.source.folder;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A class found in a file's name.
 *
 * @param pattern whose first group, or all of it if there is none, is the class
 */
record NamePattern(Pattern pattern) implements Serializable {
  static void check(String regex) {
    try {
      Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "from-name is not a regular expression: " + e.getDescription() + " in '" + regex + "'",
          e);
    }
  }

  static NamePattern of(String regex) {
    return new NamePattern(Pattern.compile(regex));
  }

  Optional<String> classOf(String name) {
    Matcher matcher = pattern.matcher(name);
    if (!matcher.find()) {
      return Optional.empty();
    }
    return Optional.ofNullable(matcher.groupCount() > 0 ? matcher.group(1) : matcher.group())
        .filter(found -> !found.isEmpty());
  }
}
