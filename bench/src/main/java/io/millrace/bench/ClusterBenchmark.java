package io.millrace.bench;

import io.millrace.jobs.averaging.StateRounds;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a standalone cluster of two one-core workers on this machine costs: the quickstart on it
 * compared with {@code local[2]}, and an averaging round of a large state compared with copying as
 * many bytes by Spark alone.
 */
final class ClusterBenchmark implements Benchmark {
  private static final int FLOATS = 31_000_000;
  private static final double MOST_OF_LOCAL = 1.35;
  private static final double MOST_OF_COPYING = 1.3;

  @Override
  public String name() {
    return "cluster";
  }

  @Override
  public String summary() {
    return "the quickstart and a large round on two one-core workers; local[2], copies by Spark";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    try (StandaloneCluster cluster = StandaloneCluster.start(setting.root(), setting.scratch())) {
      return List.of(quickstart(setting, cluster.master()), round(setting, cluster.master()));
    }
  }

  private static Figure quickstart(Setting setting, String master)
      throws IOException, InterruptedException {
    // The first run on the cluster unpacks libraries that later ones use.
    quickstartOn(setting, master, 1);
    Turns turns =
        Turns.taken(
            setting,
            "s",
            run -> quickstartOn(setting, master, Integer.MAX_VALUE),
            run -> quickstartOn(setting, "local[2]", Integer.MAX_VALUE));
    return Figure.atMostOf(
        "the quickstart on two one-core workers and in local[2]",
        turns.ours(),
        turns.reference(),
        "s",
        MOST_OF_LOCAL);
  }

  private static double quickstartOn(Setting setting, String master, int epochs)
      throws IOException, InterruptedException {
    Path workspace = Files.createTempDirectory(setting.scratch(), "quickstart-");
    List<String> command =
        new ArrayList<>(
            List.of(
                setting.millrace().toString(),
                "run",
                setting.root().resolve("conf/quickstart.conf").toString(),
                "--quiet",
                "--set",
                "workspace=" + workspace,
                "--master",
                master));
    if (epochs < Integer.MAX_VALUE) {
      command.addAll(List.of("--set", "params.epochs=" + epochs));
    }
    Child child = Child.run("run the quickstart", setting.scratch(), Map.of(), command);
    Scratch.remove(workspace);
    return child.seconds();
  }

  private static Figure round(Setting setting, String master)
      throws IOException, InterruptedException {
    Turns turns =
        Turns.taken(
            setting,
            "s",
            run -> roundOf("state", setting, master),
            run -> roundOf("bytes", setting, master));
    return Figure.atMostOf(
        "a round of averaging 31 M parameters of two workers, and copying as many bytes",
        turns.ours(),
        turns.reference(),
        "s",
        MOST_OF_COPYING);
  }

  private static double roundOf(String what, Setting setting, String master)
      throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory(setting.scratch(), "round-");
    Child child =
        Java.run(
            setting,
            List.of(),
            Map.of(),
            StateRounds.class,
            master,
            setting.scaled(FLOATS),
            what,
            scratch,
            classPath());
    Scratch.remove(scratch);
    return child.figure();
  }

  /** These classes and the jar: they must be loaded by the same loader to find each other. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> entry.endsWith("classes") || entry.endsWith("-all.jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
