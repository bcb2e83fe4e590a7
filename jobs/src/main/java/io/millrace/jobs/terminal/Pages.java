package io.millrace.jobs.terminal;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.Workspace;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Writes pages to files, prints their paths and opens them. */
public final class Pages {
  private Pages() {}

  /** Writes a page into a folder, whole or not at all. */
  public static URI write(URI folder, String name, String html) {
    Workspace.open(Places.text(folder)).write(folder, name, html);
    return Places.uri(Places.text(folder) + "/" + name);
  }

  /** Writes a page to a path that a person gave. */
  public static URI write(String file, String html) {
    URI page = Places.uri(file);
    String text = Places.text(page);
    int slash = text.lastIndexOf('/');
    return write(
        Places.uri(text.substring(0, Math.max(1, slash))), text.substring(slash + 1), html);
  }

  /** Prints the page's path as the last line on stdout. */
  public static void tell(URI page, OutputMode outputMode, Screen screen) {
    screen
        .out()
        .print(
            outputMode.json()
                ? JsonText.pretty(Map.of("page", Places.text(page)))
                : Places.text(page) + "\n");
  }

  /**
   * Opens a page the way that the desktop opens files.
   *
   * @throws CannotException where there is no desktop
   */
  public static void open(URI page) {
    try {
      new ProcessBuilder("xdg-open", Places.text(page))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new CannotException(
          "open " + Places.text(page), "there is no xdg-open here; open it in a browser", e);
    }
  }
}
