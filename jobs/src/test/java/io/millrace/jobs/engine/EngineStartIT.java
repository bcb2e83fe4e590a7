package io.millrace.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.jobs.testing.Launched;
import io.millrace.jobs.testing.Launched.Ended;
import io.millrace.jobs.testing.Launched.Running;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The start of engines in processes of their own. It unpacks libtorch, 440 MB, twice, which takes
 * most of its time.
 */
class EngineStartIT {
  private static final String LARGEST = "libtorch_cpu.so";
  private static final int AT_ONCE = 4;
  private static final long POLL_MILLIS = 2;

  @TempDir Path folder;

  @Test
  void severalProcessesUnpackIntoOneColdFolder() throws IOException, InterruptedException {
    Path cold = Files.createDirectory(folder.resolve("cold"));

    assertSameLoss(started(cold, AT_ONCE));
  }

  @Test
  void nextProcessesDoNotUseWhatKilledOneLeftHalfUnpacked()
      throws IOException, InterruptedException {
    Path cold = Files.createDirectory(folder.resolve("cold"));
    Running killed = started(cold, 1).get(0);
    Path half = growing(cold, killed.process());
    killed.kill();
    long left = Files.size(half);

    assertSameLoss(started(cold, AT_ONCE));
    assertThat(left).as("half unpacked").isPositive().isLessThan(Files.size(half));
  }

  @Test
  void bothEnginesComputeInOneProcessInEitherOrder() throws IOException, InterruptedException {
    String torch = run(it -> true, "torch").expecting(0).out();
    String dl4j = run(it -> true, "dl4j").expecting(0).out();

    assertThat(run(it -> true, "torch", "dl4j").expecting(0).out()).isEqualTo(torch + dl4j);
    assertThat(run(it -> true, "dl4j", "torch").expecting(0).out()).isEqualTo(dl4j + torch);
  }

  @ParameterizedTest
  @CsvSource({
    "torch, pytorch, org.bytedeco:pytorch:, linux-x86_64, load libtorch",
    "torch, openblas, org.bytedeco:openblas:, linux-x86_64, load libtorch",
    "dl4j, nd4j-native, org.nd4j:nd4j-native:, linux-x86_64-onednn-avx2, load Deeplearning4j's native libraries"
  })
  void namesTheArtifactThatIsNotOnTheClassPath(
      String engine, String jar, String artifact, String classifier, String what)
      throws IOException, InterruptedException {
    Predicate<String> others =
        entry -> !Path.of(entry).getFileName().toString().matches(jar + "-[0-9].*-linux-.*\\.jar");

    Ended ended = run(others, engine).expecting(1);
    assertThat(ended.out())
        .startsWith("Cannot " + what + ": the Maven artifact " + artifact)
        .contains(" with the classifier " + classifier + " is not on the class path; add it")
        .hasLineCount(1);
  }

  private List<Running> started(Path cache, int count) throws IOException {
    List<Running> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(
          Launched.command(folder, words(it -> true, "torch"))
              .with(Map.of("XDG_CACHE_HOME", cache.toString()))
              .start());
    }
    return all;
  }

  private static void assertSameLoss(List<Running> all) throws IOException, InterruptedException {
    List<String> losses = new ArrayList<>();
    for (Running one : all) {
      losses.add(one.end().expecting(0).out());
    }
    assertThat(losses).hasSize(AT_ONCE).allMatch(losses.get(0)::equals);
    assertThat(losses.get(0)).matches("torch [0-9.]+\n");
  }

  /** The largest library, once a process has begun to unpack it. */
  private static Path growing(Path cache, Process process) {
    return await()
        .pollInterval(Duration.ofMillis(POLL_MILLIS))
        .pollDelay(Duration.ZERO)
        .atMost(Duration.ofMinutes(2))
        .until(() -> begun(cache, process), Optional::isPresent)
        .orElseThrow();
  }

  private static Optional<Path> begun(Path cache, Process process) throws IOException {
    assertThat(process.isAlive()).as("the process still runs").isTrue();
    try (Stream<Path> files = Files.find(cache, 10, (file, facts) -> isBegun(file, facts.size()))) {
      return files.findFirst();
    }
  }

  private static boolean isBegun(Path file, long size) {
    return size > 0 && file.getFileName().toString().equals(LARGEST);
  }

  private Ended run(Predicate<String> onClassPath, String... engines)
      throws IOException, InterruptedException {
    return Launched.command(folder, words(onClassPath, engines)).run();
  }

  private static List<String> words(Predicate<String> onClassPath, String... engines) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Xmx512m");
    words.add("-cp");
    words.add(
        String.join(
            File.pathSeparator,
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(onClassPath)
                .toList()));
    words.add(FirstLoss.class.getName());
    words.addAll(List.of(engines));
    return words;
  }
}
