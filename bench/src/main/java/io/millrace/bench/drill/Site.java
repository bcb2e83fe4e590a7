package io.millrace.bench.drill;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a run's workspace is and how its commands reach it.
 *
 * @param workspace path or URI
 * @param readingFlags of every command
 * @param sparkFlags of those that start Spark, in addition
 * @param environment of every command, in addition to this process's
 */
record Site(
    String workspace,
    List<String> readingFlags,
    List<String> sparkFlags,
    Map<String, String> environment) {
  static Site local(Path workspace) {
    return new Site(workspace.toString(), List.of(), List.of(), Map.of());
  }

  List<String> flags() {
    List<String> all = new ArrayList<>(readingFlags);
    all.addAll(sparkFlags);
    return all;
  }

  /** The same from a cluster. */
  Site on(String master) {
    return on(master, "client");
  }

  /**
   * @param deployMode where the driver runs: {@code client} is here, {@code cluster} in a worker
   */
  Site on(String master, String deployMode) {
    List<String> flags = List.of("--master", master, "--deploy-mode", deployMode);
    return new Site(workspace, readingFlags, flags, environment);
  }
}
