package io.millrace.jobs.terminal;

/** Colours on a terminal, or none. */
public enum Ink {
  /** No escape sequences at all. */
  PLAIN,
  /** The colours of ECMA-48, which every terminal supports except a dumb one. */
  COLOURED;

  private static final String END = "\u001b[0m";

  public String red(String text) {
    return with("\u001b[31m", text);
  }

  public String green(String text) {
    return with("\u001b[32m", text);
  }

  public String dim(String text) {
    return with("\u001b[2m", text);
  }

  private String with(String begin, String text) {
    return switch (this) {
      case PLAIN -> text;
      case COLOURED -> begin + text + END;
    };
  }
}
