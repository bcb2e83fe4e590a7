package io.millrace.pipeline.store;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What configures Hadoop's file systems from outside its own files: the keys {@code
 * spark.hadoop.*}, as Spark has them.
 */
public final class HadoopSettings {
  private static final String PREFIX = "spark.hadoop.";

  private HadoopSettings() {}

  /**
   * Gives for the whole process what counts where no settings are at hand: as spark-submit does, by
   * system properties. A file system once opened keeps what it was opened with.
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
   * Tells of each, without the prefix.
   *
   * @param settings flat keys, which come after those of the process and so win over them
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
