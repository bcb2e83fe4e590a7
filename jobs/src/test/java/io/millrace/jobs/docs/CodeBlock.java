package io.millrace.jobs.docs;

import java.util.List;
import java.util.stream.Stream;

/**
 * A code block of a page.
 *
 * @param language that is named behind its fence; empty for an indented block
 * @param lines as they stand there, without the indentation of the block
 * @param mark what an HTML comment right before it says, which no reader sees; else empty
 */
public record CodeBlock(String language, List<String> lines, String mark) {
  /** The whole text. */
  public String text() {
    return String.join("\n", lines) + "\n";
  }

  /** Its lines as a shell takes them: stripped, and those that a backslash continues as one. */
  public List<String> commands() {
    return Stream.of(text().replaceAll("\\\\\n *", " ").split("\n")).map(String::strip).toList();
  }
}
