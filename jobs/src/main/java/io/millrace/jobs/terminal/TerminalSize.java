package io.millrace.jobs.terminal;

/** How large the terminal is. */
@FunctionalInterface
interface TerminalSize extends AutoCloseable {
  /** The size that it has now. */
  Cells now();

  @Override
  default void close() {}

  /**
   * A size.
   *
   * @param columns at least 1
   * @param rows at least 1
   */
  record Cells(int columns, int rows) {}
}
