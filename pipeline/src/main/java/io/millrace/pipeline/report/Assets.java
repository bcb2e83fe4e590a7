package io.millrace.pipeline.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * The style and scripts of a page, which are part of it so that it needs no network.
 *
 * @param style CSS
 * @param script JavaScript of the page itself
 * @param charts JavaScript of the charts library
 */
record Assets(String style, String script, String charts) {
  /** The assets packaged with this program. */
  static Assets packaged() {
    return Loaded.ASSETS;
  }

  private static final class Loaded {
    static final Assets ASSETS =
        new Assets(resource("report.css"), resource("report.js"), resource("/" + chartsPath()));
  }

  private static String chartsPath() {
    Properties names = new Properties();
    try (InputStream in = Assets.class.getResourceAsStream("report.properties")) {
      names.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names.getProperty("echarts");
  }

  private static String resource(String path) {
    try (InputStream in = Assets.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is missing from this program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
