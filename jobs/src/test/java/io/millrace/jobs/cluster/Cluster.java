package io.millrace.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.testing.Launched;
import io.millrace.jobs.testing.Launched.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A standalone cluster of two workers with one core each, started by the project's own script, for
 * all test classes that ask for it.
 */
final class Cluster implements BeforeAllCallback {
  private static final String KEY = "cluster";
  private static Started started;

  @Override
  public void beforeAll(ExtensionContext context) {
    started =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .getOrComputeIfAbsent(KEY, key -> Started.now(), Started.class);
  }

  /** The master's address. */
  static String url() {
    return started.url();
  }

  /** The folder of pids and logs. */
  static Path folder() {
    return started.folder();
  }

  /** Starts a cluster in that folder. */
  static Ended start(Path folder, String... options) throws IOException, InterruptedException {
    return script("start-cluster.sh", folder, options);
  }

  static Ended stop(Path folder, String... options) throws IOException, InterruptedException {
    return script("stop-cluster.sh", folder, options);
  }

  static Ended script(String name, Path folder, String... options)
      throws IOException, InterruptedException {
    Launched.prepare();
    List<String> words = new ArrayList<>();
    words.add(Launched.ROOT.resolve("sbin").resolve(name).toString());
    words.addAll(List.of("--dir", folder.toString()));
    words.addAll(List.of(options));
    return Launched.command(folder.getParent(), words).run();
  }

  /** The address in what start-cluster.sh printed. */
  static String url(Ended started) {
    assertThat(started.out()).containsPattern("spark://\\S+:\\d+");
    return started.out().replaceAll("(?s).*?(spark://\\S+:\\d+).*", "$1");
  }

  private record Started(Path folder, String url)
      implements ExtensionContext.Store.CloseableResource {
    static Started now() {
      try {
        Path folder = Files.createTempDirectory("millrace-cluster").resolve("c");
        Ended start = start(folder, "--workers", "2", "--cores", "1").expecting(0);
        return new Started(folder, Cluster.url(start));
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws IOException, InterruptedException {
      stop(folder).expecting(0);
      Files.delete(folder.getParent());
    }
  }
}
