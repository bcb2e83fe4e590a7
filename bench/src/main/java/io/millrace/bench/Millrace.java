package io.millrace.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Single jobs, started by the launcher as a user does. */
final class Millrace {
  private Millrace() {}

  static void run(Setting setting, String job, String... flags)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(setting.millrace().toString(), job));
    command.addAll(List.of(flags));
    Child.run("run " + job, setting.scratch(), Map.of(), command);
  }
}
