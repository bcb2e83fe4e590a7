package io.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.testing.Launched;
import io.millrace.jobs.testing.Launched.Ended;
import io.millrace.jobs.testing.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Millrace where a machine has less than it usually has, as containers do. */
class BareContainerIT {
  private static final String UNKNOWN_USER = "12345";
  // A host name that does not resolve, a temporary folder that nothing can be loaded from, and a
  // user whose number has no name.
  private static final String CONTAINER =
      "hostname no-such-host-xyz && mount -t tmpfs -o noexec,mode=1777,size=20m none \"$0\" &&"
          + " setpriv --reuid %s --regid %s --clear-groups \"$@\"; status=$?; echo \"left: $(ls -A \"$0\")\" >&2; exit $status"
              .formatted(UNKNOWN_USER, UNKNOWN_USER);

  @TempDir Path folder;

  @BeforeEach
  void open() throws Exception {
    boolean able =
        "root".equals(System.getProperty("user.name"))
            && Files.isExecutable(Path.of("/usr/bin/setpriv"))
            && Launched.command(folder, List.of("unshare", "-u", "-m", "true")).run().status() == 0;
    if (!able) {
      RealData.missingTool(
          "only root with setpriv and unshare can start a command as in a container");
    }
    for (boolean done :
        List.of(
            folder.toFile().setWritable(true, false),
            folder.toFile().setReadable(true, false),
            folder.toFile().setExecutable(true, false))) {
      assertThat(done).isTrue();
    }
  }

  @Test
  void runsWithoutHostNameUserNameTemporaryFolderOrTwoGigabytes() throws Exception {
    Map<String, String> small =
        Map.of(
            "MILLRACE_JAVA_OPTS",
            "-XX:MaxRAM=1500m -Djava.io.tmpdir=" + temporary(),
            "XDG_CACHE_HOME",
            folder.resolve("cache").toString());
    TinyPipeline.in(folder);
    Ended done = inContainer(small, "run", "tiny.conf", "--only", "stats", "--json").expecting(0);
    assertThat(done.outcomes()).containsExactly("synthesize:ran", "shards:ran", "stats:ran");
    assertThat(done.err().lines())
        .last()
        .as("what is left in the temporary folder")
        .isEqualTo("left: ");
    assertThat(folder.resolve("?")).as("the home of a user who has none").doesNotExist();
  }

  @Test
  void refusesClusterAndNamesWhatTheImageLacks() throws Exception {
    TinyPipeline.in(folder);
    Ended refused =
        inContainer(
                Map.of("SPARK_LOCAL_IP", "127.0.0.1"),
                "run",
                "tiny.conf",
                "--only",
                "shards",
                "--master",
                "spark://127.0.0.1:9",
                "--quiet")
            .expecting(1);
    assertThat(refused.err())
        .contains("user id " + UNKNOWN_USER + " has no name here", "/etc/passwd");
  }

  private Path temporary() throws IOException {
    return Files.createDirectories(folder.resolve("temporary"));
  }

  private Ended inContainer(Map<String, String> environment, String... arguments) throws Exception {
    List<String> shell =
        new ArrayList<>(
            List.of("unshare", "-u", "-m", "sh", "-c", CONTAINER, temporary().toString()));
    return Launched.millrace(folder, arguments)
        .behind(shell.toArray(String[]::new))
        .with(environment)
        .run();
  }
}
