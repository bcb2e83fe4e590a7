package io.millrace.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A use of Millrace's command line that a page shows.
 *
 * @param words what stands behind {@code millrace}
 */
record ShownCommand(List<String> words) {
  private static final String LAUNCHER = "sbin/millrace";
  private static final Pattern WORD =
      Pattern.compile("[|;&<>()]+|#.*|(?<word>(?:'[^']*'|\"[^\"]*\"|[^\\s|;&<>()'\"])+)");

  /** Those of a line of code, as a shell would take it apart. */
  static List<ShownCommand> in(String line) {
    List<ShownCommand> commands = new ArrayList<>();
    List<String> words = new ArrayList<>();
    Matcher next = WORD.matcher(line);
    while (next.find()) {
      if (next.group("word") != null) {
        words.add(next.group("word"));
      } else {
        of(words).ifPresent(commands::add);
        words = new ArrayList<>();
      }
    }
    of(words).ifPresent(commands::add);
    return commands;
  }

  private static Optional<ShownCommand> of(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      boolean launched = word.equals(LAUNCHER) || (i == 0 && word.equals("millrace"));
      boolean submitted = word.matches("\\S*millrace\\S*\\.jar") && words.contains("spark-submit");
      if (launched || submitted) {
        return Optional.of(new ShownCommand(List.copyOf(words.subList(i + 1, words.size()))));
      }
    }
    return Optional.empty();
  }
}
