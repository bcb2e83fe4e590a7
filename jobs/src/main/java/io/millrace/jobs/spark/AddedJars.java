package io.millrace.jobs.spark;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jars that {@code MILLRACE_CLASSPATH} adds to this process, such as those for {@code s3a://}:
 * executors need the jars that the driver needs to reach data, too.
 */
public final class AddedJars {
  private static final String VARIABLE = "MILLRACE_CLASSPATH";
  static final String JARS = "spark.jars";
  static final String OF_EXECUTORS = "spark.executor.extraClassPath";
  private static final String OF_DRIVER = "spark.driver.extraClassPath";
  private static final String ALL_IN = "/*";

  private final List<Path> jars;

  private AddedJars(List<Path> jars) {
    this.jars = jars;
  }

  /**
   * The jars that an environment names; as in Java's class path, {@code DIR/*} is all jars of a
   * folder.
   *
   * @throws CannotException if such a folder can't be listed
   */
  public static AddedJars of(Map<String, String> environment) {
    List<Path> jars = new ArrayList<>();
    for (String entry : environment.getOrDefault(VARIABLE, "").split(":", -1)) {
      if (entry.endsWith(ALL_IN)) {
        jars.addAll(in(Path.of(entry.substring(0, entry.length() - ALL_IN.length()))));
      } else if (isJar(Path.of(entry))) {
        jars.add(Path.of(entry).toAbsolutePath());
      }
    }
    return new AddedJars(jars);
  }

  private static List<Path> in(Path folder) {
    if (Files.notExists(folder)) {
      // Java ignores it, too.
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.toAbsolutePath())) {
      return files.filter(AddedJars::isJar).sorted().toList();
    } catch (IOException e) {
      throw new CannotException("list the jars of " + folder, e.toString(), e);
    }
  }

  private static boolean isJar(Path path) {
    return path.toString().endsWith(".jar") && Files.isRegularFile(path);
  }

  /**
   * The settings that give the jars to the other processes of an application: if all of them are on
   * this machine they read the same files, otherwise Spark sends the jars.
   *
   * @param given the present value of a key; empty if it is not set
   * @param driverToo whether the driver is another process
   * @return the new settings; none if no jars were added
   */
  public Map<String, String> settings(
      UnaryOperator<String> given, String master, boolean driverToo) {
    Map<String, String> settings = new TreeMap<>();
    if (jars.isEmpty()) {
      return settings;
    }
    if (ClusterSettings.isThisMachine(master)) {
      List<String> paths = jars.stream().map(Path::toString).toList();
      settings.put(OF_EXECUTORS, joined(given.apply(OF_EXECUTORS), ":", paths));
      if (driverToo) {
        settings.put(OF_DRIVER, joined(given.apply(OF_DRIVER), ":", paths));
      }
    } else {
      List<String> addresses = jars.stream().map(jar -> jar.toUri().toString()).toList();
      settings.put(JARS, joined(given.apply(JARS), ",", addresses));
    }
    return settings;
  }

  private static String joined(String given, String separator, List<String> more) {
    Set<String> all = new LinkedHashSet<>();
    Stream.of(given.split(Pattern.quote(separator), -1))
        .filter(entry -> !entry.isBlank())
        .forEach(all::add);
    all.addAll(more);
    return all.stream().collect(Collectors.joining(separator));
  }
}
