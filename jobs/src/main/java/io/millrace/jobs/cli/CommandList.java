package io.millrace.jobs.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The list of commands of {@code millrace --help}, by group. */
final class CommandList {
  private static final int COLUMNS = 100;
  private static final String INDENT = "  ";

  private CommandList() {}

  static String text(Collection<Command> commands) {
    int names = commands.stream().mapToInt(command -> command.name().length()).max().orElse(0);
    int room = COLUMNS - names - 2 * INDENT.length();
    StringBuilder text = new StringBuilder();
    for (CommandGroup group : CommandGroup.values()) {
      List<Command> here = commands.stream().filter(c -> c.group() == group).toList();
      if (!here.isEmpty()) {
        text.append('\n').append(group.heading()).append(":\n");
      }
      for (Command command : here) {
        String name = command.name();
        for (String line : folded(command.summary(), room)) {
          text.append(INDENT).append(name).append(" ".repeat(names - name.length()));
          text.append(INDENT).append(line).append('\n');
          name = "";
        }
      }
    }
    return text.toString();
  }

  private static List<String> folded(String sentence, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : sentence.split(" ", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
