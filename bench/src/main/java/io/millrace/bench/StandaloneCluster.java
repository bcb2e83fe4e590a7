package io.millrace.bench;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Spark standalone cluster of two one-core workers on this machine, by the project's scripts. */
public final class StandaloneCluster implements AutoCloseable {
  private static final Pattern MASTER = Pattern.compile("spark://\\S+:\\d+");
  private static final String EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend";

  private final Path root;
  private final Path folder;
  private final String master;
  private final Runnable killing;

  private StandaloneCluster(Path root, Path folder, String master) {
    this.root = root;
    this.folder = folder;
    this.master = master;
    // Its processes have a session of their own, so Ctrl-C ends them only by this.
    this.killing = () -> processes().forEach(ProcessHandle::destroyForcibly);
    AtEnd.add(killing);
  }

  /**
   * Starts a cluster.
   *
   * @param root of the project
   * @param scratch for its folder
   */
  public static StandaloneCluster start(Path root, Path scratch)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(scratch, "standalone").resolve("cluster");
    String said = script(root, "start-cluster.sh", folder, "--workers", "2", "--cores", "1");
    Matcher master = MASTER.matcher(said);
    if (!master.find()) {
      throw new CannotException("start a cluster", "it said: " + said);
    }
    return new StandaloneCluster(root, folder, master.group());
  }

  /** Its address, for {@code --master}. */
  public String master() {
    return master;
  }

  /** The executors that are alive. */
  public List<ProcessHandle> executors() {
    return processes().stream().filter(process -> words(process.pid()).contains(EXECUTOR)).toList();
  }

  /**
   * Stops it.
   *
   * @throws CannotException if a process or a file of it is left
   */
  @Override
  public void close() throws IOException {
    try {
      script(root, "stop-cluster.sh", folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    List<ProcessHandle> left = processes();
    if (!left.isEmpty() || Files.exists(folder)) {
      throw new CannotException("stop the cluster", "these are left: " + left + " and " + folder);
    }
    AtEnd.remove(killing);
  }

  /** Master, workers and all processes below the workers' folders. */
  private List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                words(process.pid()).contains("-Dmillrace.cluster=" + folder)
                    || workingFolder(process.pid()).startsWith(folder))
        .toList();
  }

  private static List<String> words(long pid) {
    try {
      return Arrays.asList(Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0", -1));
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

  private static String script(Path root, String name, Path folder, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(root.resolve("sbin").resolve(name).toString());
    command.addAll(List.of("--dir", folder.toString()));
    command.addAll(List.of(options));
    return Child.run("run " + name, folder.getParent(), Map.of(), command).output();
  }
}
