package io.millrace.jobs.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** The exit statuses of commands. */
final class Status {
  static final int DONE = 0;

  /** A run failed, or data turned out to be wrong. */
  static final int FAILED = 1;

  /** The command line or the configuration is wrong. */
  static final int MISUSED = 2;

  /** Stopped by {@code kill}, the status that shells use. */
  static final int KILLED = 143;

  /** Their meanings in {@code --help}. */
  static final Map<String, String> MEANINGS = meanings();

  private Status() {}

  private static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("0", "Everything succeeded.");
    meanings.put("1", "A stage failed, data turned out to be wrong, or stdout can't be written.");
    meanings.put("2", "The command line or the configuration is wrong; nothing was run.");
    meanings.put("130", "Stopped by Ctrl-C (143 by kill); run it again to continue.");
    return meanings;
  }
}
