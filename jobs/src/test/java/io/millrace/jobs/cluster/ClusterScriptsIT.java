package io.millrace.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.jobs.testing.Launched;
import io.millrace.jobs.testing.Launched.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts that start and stop a cluster, as a person uses them. Takes about 35 s: four clusters
 * are started and stopped.
 */
class ClusterScriptsIT {
  @TempDir Path temp;

  @AfterEach
  void stop() throws Exception {
    Cluster.stop(temp.resolve("c")).expecting(0);
  }

  @Test
  void startingAndStoppingTwiceIsHarmless() throws Exception {
    Path folder = temp.resolve("c");
    assertThat(Cluster.script("start-cluster.sh", folder, "--status").expecting(1).out())
        .isEqualTo("No cluster runs in " + folder + ".\n");
    Ended started = Cluster.start(folder, "--workers", "1", "--cores", "1", "--memory", "1g");
    assertThat(started.expecting(0).err()).isEmpty();
    assertThat(started.out()).contains("page:    http://", "workers: 1, each with 1 cores and 1g");
    int processes = Processes.of(folder).size();
    assertThat(processes).isEqualTo(2);

    Ended again = Cluster.start(folder, "--workers", "3").expecting(0);
    assertThat(again.out())
        .startsWith("A cluster runs in " + folder + " already; stop-cluster.sh ends it.")
        .contains(Cluster.url(started));
    assertThat(Processes.of(folder)).hasSize(processes);
    Ended status = Cluster.script("start-cluster.sh", folder, "--status").expecting(0);
    assertThat(status.out())
        .contains(Cluster.url(started), "1 workers answer", "worker-1: process");

    assertThat(Cluster.stop(folder).expecting(0).out())
        .isEqualTo("Stopped 2 processes of the cluster in " + folder + ".\n");
    assertThat(Processes.of(folder)).isEmpty();
    assertThat(folder).doesNotExist();
    assertThat(Cluster.stop(folder).expecting(0).out())
        .isEqualTo("No cluster runs in " + folder + ".\n");
  }

  @Test
  void stopsOnlyItsOwnProcessesAndReportsPartialCluster() throws Exception {
    Path folder = temp.resolve("c");
    Cluster.start(folder, "--workers", "1", "--cores", "1", "--memory", "1g").expecting(0);
    Process looking =
        new ProcessBuilder("sleep", "600").directory(folder.resolve("work").toFile()).start();
    try {
      Processes.signal(
          "KILL", Long.parseLong(Files.readString(folder.resolve("pids/worker-1")).strip()));
      await()
          .untilAsserted(
              () ->
                  assertThat(Cluster.start(folder, "--workers", "1").expecting(1).err())
                      .isEqualTo(
                          "Cannot start a cluster: not all processes of the one in "
                              + folder
                              + " answer; end it with stop-cluster.sh and start it again.\n"));
      Cluster.stop(folder).expecting(0);
      assertThat(looking.isAlive()).isTrue();
      assertThat(Processes.of(folder)).containsExactly(looking.pid());
    } finally {
      looking.destroyForcibly();
    }
  }

  @Test
  void stopsFrozenWorkerAndSparesReusedProcessIds() throws Exception {
    Path folder = temp.resolve("c");
    Cluster.start(folder, "--workers", "1", "--cores", "1", "--memory", "1g").expecting(0);
    long worker = Long.parseLong(Files.readString(folder.resolve("pids/worker-1")).strip());
    Processes.signal("STOP", worker);
    Cluster.stop(folder, "--keep-logs").expecting(0);
    assertThat(Processes.of(folder)).isEmpty();
    assertThat(folder.resolve("logs/worker-1.log")).exists();
    // A number that another process has by now must not be taken for ours.
    Files.createDirectories(folder.resolve("pids"));
    Files.writeString(folder.resolve("pids/master"), Long.toString(ProcessHandle.current().pid()));
    assertThat(Cluster.stop(folder).expecting(0).out()).startsWith("No cluster runs in");
    assertThat(ProcessHandle.current().isAlive()).isTrue();
  }

  @Test
  void mistakesGiveOneSentenceAndStatusTwo() throws Exception {
    Path folder = temp.resolve("c");
    assertThat(Cluster.start(folder, "--workers", "none").expecting(2).err())
        .isEqualTo(
            "Cannot start a cluster: --workers is 'none'; write a whole number from 1 on.\n");
    assertThat(Cluster.start(folder, "--memory", "much").expecting(2).err()).hasLineCount(1);
    assertThat(Cluster.start(folder, "--wrokers", "1").expecting(2).err())
        .isEqualTo("Cannot start a cluster: there is no option '--wrokers'; see --help.\n");
    assertThat(Cluster.start(folder, "--host", "0.0.0.0").expecting(2).err())
        .contains("not 0.0.0.0");
    assertThat(folder).doesNotExist();
  }

  @Test
  void discoversGpusOfTheDriver() throws Exception {
    Path tools = Files.createDirectories(temp.resolve("tools"));
    Path tool = Files.writeString(tools.resolve("nvidia-smi"), "#!/bin/sh\nprintf '0\\n1\\n'\n");
    assertThat(tool.toFile().setExecutable(true)).isTrue();
    String path = tools + ":" + System.getenv("PATH");
    assertThat(discovered(Map.of("PATH", path)))
        .isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"0\",\"1\"]}\n");
    assertThat(discovered(Map.of("PATH", path, "CUDA_VISIBLE_DEVICES", "1, 5")))
        .contains("[\"1\",\"5\"]");
    assertThat(discovered(Map.of("PATH", path, "CUDA_VISIBLE_DEVICES", ""))).contains("[]");
    assertThat(discovered(Map.of("PATH", path, "CUDA_VISIBLE_DEVICES", "-1"))).contains("[]");
    assertThat(discovered(Map.of("PATH", path, "CUDA_VISIBLE_DEVICES", "GPU-7f,-1,0")))
        .contains("[\"GPU-7f\"]");
    Files.writeString(tool, "#!/bin/sh\necho no driver >&2\nexit 9\n");
    assertThat(discovered(Map.of("PATH", path))).contains("[]");
    Ended none =
        Launched.command(
                temp,
                List.of(
                    Launched.ROOT.resolve("sbin/start-cluster.sh").toString(),
                    "--dir",
                    temp.resolve("c").toString(),
                    "--gpus",
                    "all"))
            .with(Map.of("PATH", path))
            .run()
            .expecting(2);
    assertThat(none.err()).contains("--gpus is 'all' and no GPU was found here");
  }

  private String discovered(Map<String, String> environment) throws Exception {
    return Launched.command(
            temp, List.of(Launched.ROOT.resolve("sbin/discover-gpus.sh").toString()))
        .with(environment)
        .run()
        .expecting(0)
        .out();
  }
}
