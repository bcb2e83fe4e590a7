package io.millrace.jobs.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a command ends with. */
final class Status {
  static final int DONE = 0;

  /** A run that failed, or what was found by opening data. */
  static final int FAILED = 1;

  /** What the command line and the configuration alone show to be wrong. */
  static final int MISUSED = 2;

  /** Ended by somebody's {@code kill}, as shells tell it. */
  static final int KILLED = 143;

  /** What {@code --help} says of them. */
  static final Map<String, String> MEANINGS = meanings();

  private Status() {}

  private static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("0", "All went well.");
    meanings.put(
        "1", "A stage failed, data was found wrong by opening it, or stdout can't be written.");
    meanings.put("2", "The command line or the configuration is wrong; nothing was run.");
    meanings.put("130", "Stopped by Ctrl-C (143 by kill); run it again to go on.");
    return meanings;
  }
}
