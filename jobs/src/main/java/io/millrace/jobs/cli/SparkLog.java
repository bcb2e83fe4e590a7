package io.millrace.jobs.cli;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.pipeline.CannotException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;

/**
 * Keeps the messages of Spark, Hadoop and native libraries off the terminal: nothing is logged
 * before a job begins, then everything goes to {@code spark.log} in the run's folder. Log4j starts
 * only then, since its start takes a third of a second even where a run has nothing to do.
 */
final class SparkLog implements AutoCloseable {
  static final String FILE = "spark.log";
  private static final String LINE = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5p [%t] %c{1.}: %m%n%xEx";

  private final URI runFolder;
  private final Path file;
  private final PrintStream strays;
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  private SparkLog(URI runFolder, Path file) throws IOException {
    this.runFolder = runFolder;
    this.file = file;
    this.strays =
        new PrintStream(new FileOutputStream(file.toFile(), true), true, StandardCharsets.UTF_8);
  }

  /** Makes sure that no logger writes to the terminal. */
  static void silence() {
    // Spark's own configuration would log to the terminal.
    if (System.getProperty("log4j2.configurationFile") == null) {
      System.setProperty("log4j2.configurationFile", "classpath:millrace-log4j2.properties");
    }
    if (SharedSpark.isSubmitted()) {
      // spark-submit has started Log4j before it called us.
      ConfigurationBuilder<BuiltConfiguration> builder = builder();
      builder.add(builder.newRootLogger(Level.OFF));
      Configurator.reconfigure(builder.build());
    }
  }

  /**
   * Sends all logging of this JVM, and what libraries print, to the run's log.
   *
   * @throws CannotException if it can't be written
   */
  static SparkLog in(URI runFolder) {
    try {
      Path file =
          isLocal(runFolder)
              ? Path.of(runFolder).resolve(FILE)
              : Files.createTempFile("millrace-", "-" + FILE);
      SparkLog log = new SparkLog(runFolder, file);
      ConfigurationBuilder<BuiltConfiguration> builder = builder();
      builder.add(
          builder
              .newAppender("run", "File")
              .addAttribute("fileName", file.toString())
              .addAttribute("append", true)
              .add(builder.newLayout("PatternLayout").addAttribute("pattern", LINE)));
      builder.add(builder.newRootLogger(Level.INFO).add(builder.newAppenderRef("run")));
      Configurator.reconfigure(builder.build());
      System.setOut(log.strays);
      System.setErr(log.strays);
      return log;
    } catch (IOException e) {
      throw new CannotException("write the log of the run in " + runFolder, e.getMessage(), e);
    }
  }

  private static boolean isLocal(URI folder) {
    return "file".equals(folder.getScheme());
  }

  private static ConfigurationBuilder<BuiltConfiguration> builder() {
    ConfigurationBuilder<BuiltConfiguration> builder =
        ConfigurationBuilderFactory.newConfigurationBuilder();
    builder.setStatusLevel(Level.OFF);
    builder.setShutdownHook("disable");
    return builder;
  }

  /** Ends the log and, if the run's folder is on other storage, copies it there. */
  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
    strays.close();
    if (!isLocal(runFolder)) {
      try (OutputStream copy = JobFiles.in(runFolder).create(FILE)) {
        Files.copy(file, copy);
        Files.delete(file);
      } catch (IOException e) {
        err.println("Cannot copy the log of this run; it is in " + file);
      }
    }
  }
}
