package io.millrace.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The processes of a cluster on this machine, to be frozen, woken and killed. */
final class Processes {
  private static final String EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend";

  private Processes() {}

  /** The executors of an application on the cluster in a folder, by Spark's number of them. */
  static Map<String, ProcessHandle> executors(Path cluster, String application) {
    Map<String, ProcessHandle> executors = new TreeMap<>();
    for (ProcessHandle process : executors(cluster)) {
      List<String> words = words(process.pid());
      if (words.contains(application)) {
        executors.put(words.get(words.indexOf("--executor-id") + 1), process);
      }
    }
    return executors;
  }

  /** The executors of all applications on the cluster in a folder; others run beside it. */
  static List<ProcessHandle> executors(Path cluster) {
    return ProcessHandle.allProcesses()
        .filter(process -> words(process.pid()).contains(EXECUTOR))
        .filter(process -> workingFolder(process.pid()).startsWith(cluster))
        .toList();
  }

  /** Whether a process has taken a file into its memory. */
  static boolean maps(ProcessHandle process, Path file) {
    try (Stream<String> maps = Files.lines(Path.of("/proc/" + process.pid() + "/maps"))) {
      return maps.anyMatch(line -> line.endsWith(file.toString()));
    } catch (IOException | UncheckedIOException e) {
      // It has ended meanwhile.
      return false;
    }
  }

  /** Processes whose command line or folder lies in that folder. */
  static List<Long> of(Path folder) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(
            pid ->
                words(pid).contains("-Dmillrace.cluster=" + folder)
                    || workingFolder(pid).startsWith(folder))
        .toList();
  }

  /** The worker that an executor belongs to, by the folder that it works in. */
  static String worker(Path cluster, ProcessHandle executor) {
    return cluster.resolve("work").relativize(workingFolder(executor.pid())).getName(0).toString();
  }

  static void signal(String signal, long pid) throws IOException, InterruptedException {
    int status = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    assertThat(status).as("kill -%s %s", signal, pid).isZero();
  }

  private static List<String> words(long pid) {
    try {
      String line = Files.readString(Path.of("/proc/" + pid + "/cmdline"));
      return Arrays.asList(line.split("\0", -1));
    } catch (IOException e) {
      // It has ended meanwhile.
      return List.of();
    }
  }

  private static Path workingFolder(long pid) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"));
    } catch (IOException e) {
      return Path.of("/");
    }
  }
}
