package io.millrace.pipeline.diagram;

import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;

/** A diagram as a Mermaid flowchart, which GitHub and GitLab draw in Markdown. */
public final class Mermaid {
  /** Besides letters and digits, the characters that need no escaping in a quoted label. */
  private static final String PLAIN = " .,:_-+=/@()";

  private Mermaid() {}

  /** The text, ending in a newline. */
  public static String text(Diagram diagram) {
    StringBuilder text = new StringBuilder("flowchart LR\n");
    Map<StageStatus, StringJoiner> members = new EnumMap<>(StageStatus.class);
    for (Diagram.Node node : diagram.nodes()) {
      String id = id(diagram, node.name());
      text.append(
          "  %s[\"%s<br/>%s: %s\"]%n"
              .formatted(id, label(node.name()), label(node.job()), label(node.outcome())));
      members.computeIfAbsent(node.status(), each -> new StringJoiner(",")).add(id);
    }
    for (Diagram.Edge edge : diagram.edges()) {
      String arrow = edge.label().isEmpty() ? "-->" : "-->|\"" + label(edge.label()) + "\"|";
      text.append(
          "  %s %s %s%n".formatted(id(diagram, edge.from()), arrow, id(diagram, edge.to())));
    }
    members.forEach(
        (status, ids) -> {
          text.append(
              "  classDef %s fill:%s,stroke:%s,color:#1b1b1b%n"
                  .formatted(status.text(), status.fill(), status.border()));
          text.append("  class %s %s%n".formatted(ids, status.text()));
        });
    return text.toString();
  }

  /** Our own name: a user's name could be a keyword such as {@code end}. */
  private static String id(Diagram diagram, String name) {
    return "s" + diagram.number(name);
  }

  private static String label(String text) {
    StringBuilder label = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (Character.isLetterOrDigit(point) || PLAIN.indexOf(point) >= 0) {
                label.appendCodePoint(point);
              } else {
                label.append('#').append(point).append(';');
              }
            });
    return label.toString();
  }
}
