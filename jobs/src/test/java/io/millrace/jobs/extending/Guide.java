package io.millrace.jobs.extending;

import java.util.List;

/** What a page of {@code docs/extending} says, as far as code can check it. */
interface Guide {
  /** The page's name, e.g. {@code source} of {@code docs/extending/source.md}. */
  String page();

  /** One check for each step of the page's numbered list, in its order. */
  List<Check> steps();

  /** Fails where a step says what is not so. */
  @FunctionalInterface
  interface Check {
    void run() throws Exception;
  }
}
