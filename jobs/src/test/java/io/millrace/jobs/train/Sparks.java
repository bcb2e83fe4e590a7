package io.millrace.jobs.train;

import io.millrace.jobs.natives.CodecLibraries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.Utils$;

/** Spark contexts of the tests. */
final class Sparks {
  // Spark leaves its folders where they are; these go with the JVM.
  private static final Path FOLDER = folder();

  private Sparks() {}

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("sparks");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> FileUtil.fullyDelete(folder.toFile())));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A context with that many task slots. */
  static JavaSparkContext local(int slots) {
    // Else lz4 unpacks itself into the temporary folder, and leaves it there.
    CodecLibraries.load();
    // Else the folders of an earlier test's context, which are gone, are made again.
    Utils$.MODULE$.clearLocalRootDirs();
    return new JavaSparkContext(
        new SparkConf(false)
            .setMaster("local[" + slots + "]")
            .setAppName("test")
            .set("spark.local.dir", FOLDER.toString())
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1"));
  }
}
