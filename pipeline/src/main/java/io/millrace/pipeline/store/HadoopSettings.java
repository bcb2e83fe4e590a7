package io.millrace.pipeline.store;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Settings of Hadoop's file systems that are not in Hadoop's own files: the keys {@code
 * spark.hadoop.*}, as in Spark.
 */
public final class HadoopSettings {
  private static final String PREFIX = "spark.hadoop.";

  private HadoopSettings() {}

  /**
   * Sets the defaults of the whole process, as system properties like spark-submit. A file system
   * keeps the settings that it was opened with.
   */
  public static void give(Map<String, String> settings) {
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            System.setProperty(key, value);
          }
        });
  }

  /**
   * Passes on each setting, without the prefix.
   *
   * @param settings flat keys; they come after those of the process, and so override them
   */
  public static void forEach(Map<String, String> settings, BiConsumer<String, String> setting) {
    Map<String, String> all = new TreeMap<>();
    System.getProperties()
        .stringPropertyNames()
        .forEach(key -> all.put(key, System.getProperty(key)));
    all.putAll(settings);
    all.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            setting.accept(key.substring(PREFIX.length()), value);
          }
        });
  }
}
