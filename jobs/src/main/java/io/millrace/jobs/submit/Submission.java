package io.millrace.jobs.submit;

import io.millrace.jobs.spark.AddedJars;
import io.millrace.jobs.spark.AssembledJar;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.launcher.SparkLauncher;

/**
 * Millrace submitted as an application of its own, by {@code spark-submit} if {@code SPARK_HOME}
 * has one, otherwise by its class, in a new process.
 *
 * @param main class with the main method
 * @param settings Spark's, {@code spark.master} among them; they are passed in a file that only
 *     this user can read, so that no secret is on a command line
 * @param arguments of the main method
 */
record Submission(String main, Map<String, String> settings, List<String> arguments) {
  /** The command line. */
  static final String MILLRACE = "io.millrace.jobs.Millrace";

  private static final String SUBMIT = "org.apache.spark.deploy.SparkSubmit";
  private static final String SPARK_HOME = "SPARK_HOME";
  private static final String SCALA = "SPARK_SCALA_VERSION";
  private static final String MASTER = "spark.master";
  private static final String DRIVER_MEMORY = "spark.driver.memory";
  private static final String DRIVER_OPTIONS = "spark.driver.extraJavaOptions";

  /** A running submission. */
  record Started(Process process, Path properties) implements AutoCloseable {
    /** Deletes the file of settings; to be called after the process has read it. */
    @Override
    public void close() throws IOException {
      Files.deleteIfExists(properties);
    }
  }

  /**
   * Starts it.
   *
   * @param folder for the file of settings
   * @param out where its stdout goes
   * @param err where its stderr goes
   */
  Started start(Path folder, Redirect out, Redirect err) throws IOException {
    Path properties = properties(folder);
    Optional<Path> home = sparkHome();
    Process process =
        home.isPresent()
            ? bySparkSubmit(home.get(), properties, out, err)
            : byClass(properties, out, err);
    return new Started(process, properties);
  }

  /** {@code SPARK_HOME} if it has {@code bin/spark-submit}. */
  static Optional<Path> sparkHome() {
    return Optional.ofNullable(System.getenv(SPARK_HOME))
        .map(Path::of)
        .filter(home -> Files.isExecutable(home.resolve("bin/spark-submit")));
  }

  private Path properties(Path folder) throws IOException {
    Properties all = new Properties();
    all.putAll(settings);
    all.putAll(
        AddedJars.of(System.getenv())
            .settings(
                key -> settings.getOrDefault(key, ""), settings.getOrDefault(MASTER, ""), true));
    // A driver that a standalone cluster starts gets Java 17's --add-opens from nowhere else.
    String given = settings.getOrDefault(DRIVER_OPTIONS, "");
    all.setProperty(
        DRIVER_OPTIONS, (JavaModuleOptions.defaultModuleOptions() + " " + given).strip());
    Path file =
        Files.createTempFile(
            folder,
            "submit-",
            ".properties",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (var out = Files.newOutputStream(file)) {
      all.store(out, null);
    }
    return file;
  }

  private Process bySparkSubmit(Path home, Path properties, Redirect out, Redirect err)
      throws IOException {
    return new SparkLauncher()
        .setSparkHome(home.toString())
        .setPropertiesFile(properties.toString())
        .setMainClass(main)
        .setAppResource(jar().toString())
        .addAppArgs(arguments.toArray(String[]::new))
        .redirectOutput(out)
        .redirectError(err)
        .launch();
  }

  private Process byClass(Path properties, Redirect out, Redirect err) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(word -> word.startsWith("--add-opens") || word.startsWith("-Djdk."))
            .toList());
    Optional.ofNullable(settings.get(DRIVER_MEMORY)).ifPresent(size -> command.add("-Xmx" + size));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), SUBMIT));
    command.addAll(List.of("--properties-file", properties.toString(), "--class", main));
    command.add(jar().toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
    // Spark looks for its own folder even if it needs nothing from it.
    builder.environment().putIfAbsent(SPARK_HOME, folderOfSpark().toString());
    builder.environment().putIfAbsent(SCALA, "2.12");
    return builder.start();
  }

  /** The folder whose {@code jars} Spark's classes come from. */
  private static Path folderOfSpark() {
    return AssembledJar.of(SparkLauncher.class).toAbsolutePath().getParent().getParent();
  }

  private static Path jar() {
    return AssembledJar.here()
        .orElseThrow(
            () ->
                new CannotException(
                    "submit an application",
                    "this process runs from a folder of classes; start it from the assembled jar"));
  }
}
