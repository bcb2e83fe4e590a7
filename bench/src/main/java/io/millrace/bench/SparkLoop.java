package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads the same folders by Spark's own data sources, with Spark's defaults, and writes them as
 * Parquet, again and again in one JVM. Prints files a second of the median timed round.
 */
final class SparkLoop {
  /** Spark's data source that decodes; it keeps the pictures' own sizes. */
  static final String IMAGE = "image";

  /** Spark's data source that only reads. */
  static final String BINARY = "binaryFile";

  /** The share of pictures that Spark's decoder may be unable to read and leaves out. */
  private static final double LEFT_OUT = 0.01;

  private SparkLoop() {}

  /**
   * @param arguments {@code image} or {@code binaryFile}, a folder to warm up with, the folder to
   *     time, how many pictures that holds, timed rounds, a folder to work in
   */
  public static void main(String[] arguments) throws IOException {
    long files = Long.parseLong(arguments[3]);
    Path work = Path.of(arguments[5]);
    SparkSession.Builder builder =
        SparkSession.builder()
            .master(ShardTurns.MASTER)
            .appName("reference")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.local.dir", work.resolve("local").toString());
    try (SparkSession spark = builder.getOrCreate()) {
      String parquet = work.resolve("parquet").toString();
      Passes.warmUpLong(() -> write(spark, arguments[0], arguments[1], parquet));
      double[] seconds = new double[Integer.parseInt(arguments[4])];
      for (int i = 0; i < seconds.length; i++) {
        Scratch.remove(work.resolve("parquet"));
        seconds[i] = Passes.median(1, () -> write(spark, arguments[0], arguments[2], parquet));
        long rows = spark.read().parquet(parquet).count();
        if (rows > files || rows < files * (1 - LEFT_OUT)) {
          throw new IllegalStateException(rows + " rows were written of " + files + " files");
        }
      }
      System.out.println(files / Turns.median(seconds));
    } finally {
      Scratch.remove(work);
    }
  }

  private static void write(SparkSession spark, String format, String folder, String parquet) {
    Dataset<Row> rows =
        spark
            .read()
            .format(format)
            .option("dropInvalid", true)
            .option("recursiveFileLookup", true)
            .load(folder);
    if (format.equals(IMAGE)) {
      rows =
          rows.select(
              "image.origin", "image.height", "image.width", "image.nChannels", "image.data");
    }
    rows.write().mode("overwrite").parquet(parquet);
  }
}
