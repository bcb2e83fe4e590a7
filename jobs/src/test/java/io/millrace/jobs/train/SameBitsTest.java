package io.millrace.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.averaging.Averaging;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.testing.SmallDataset;
import io.millrace.jobs.testing.States;
import io.millrace.pipeline.job.JobContext;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same bits for any number of task slots, and whether or not a training was killed. */
class SameBitsTest {
  private static final int WORKERS = 4;

  @TempDir static Path folder;
  private static Dataset dataset;
  private static State undisturbed;

  @BeforeAll
  static void trainUndisturbed() throws Exception {
    dataset = SmallDataset.write(folder.resolve("shards"), 301);
    try (JavaSparkContext spark = Sparks.local(2)) {
      undisturbed = trained(spark, "undisturbed").state().shared();
    }
  }

  @Test
  void whateverTheSlotsOfSpark() throws Exception {
    for (int slots : new int[] {1, 4}) {
      try (JavaSparkContext spark = Sparks.local(slots)) {
        States.assertSameBits(trained(spark, "slots" + slots).state().shared(), undisturbed);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Averaging.By.class)
  void afterAKill(Averaging.By by) throws Exception {
    Path checkpoints = folder.resolve("killed by " + by);
    Process child = child(by, checkpoints);
    try {
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> !child.isAlive() || count(checkpoints.resolve("checkpoints")) > 1);
      assertThat(child.isAlive()).as("the child trains").isTrue();
    } finally {
      child.destroyForcibly().waitFor();
    }
    Checkpoint from =
        Trainings.checkpoints(checkpoints, WORKERS).newest(JobContext.silent()).orElseThrow();
    Scene scene = Scene.resnet(dataset, WORKERS);
    assertThat(from.rounds()).isLessThan(scene.plan().rounds());
    try (JavaSparkContext spark = Sparks.local(2)) {
      State expected =
          by == Averaging.By.MILLRACE
              ? undisturbed
              : trained(spark, by, "undisturbed " + by).state().shared();
      Checkpoint end = trained(spark, by, "killed by " + by);
      States.assertSameBits(end.state().shared(), expected);
      assertThat(end.record().rounds()).hasSize(end.rounds());
    }
  }

  @Test
  void afterCheckpointsWereDamagedOrLeftHalfWritten() throws Exception {
    Path checkpoints = folder.resolve("damaged");
    try (JavaSparkContext spark = Sparks.local(2)) {
      trained(spark, "damaged");
      List<Path> left = files(checkpoints.resolve("checkpoints"));
      assertThat(left).hasSize(3);
      byte[] newest = Files.readAllBytes(left.get(2));
      newest[newest.length - 100] ^= 1;
      Files.write(left.get(2), newest);
      byte[] second = Files.readAllBytes(left.get(1));
      Files.write(left.get(1), Arrays.copyOf(second, second.length / 2));
      Notices notices = new Notices();
      Checkpoint end = Trainings.run(spark, Scene.resnet(dataset, WORKERS), checkpoints, notices);
      States.assertSameBits(end.state().shared(), undisturbed);
      assertThat(notices.said)
          .anySatisfy(said -> assertThat(said).contains(left.get(2).toString(), "is damaged"))
          .anySatisfy(said -> assertThat(said).contains(left.get(1).toString()))
          .hasSize(2);
    }
  }

  private static Checkpoint trained(JavaSparkContext spark, String name) throws Exception {
    return trained(spark, Averaging.By.MILLRACE, name);
  }

  private static Checkpoint trained(JavaSparkContext spark, Averaging.By by, String name)
      throws Exception {
    Scene scene = Scene.resnet(dataset, WORKERS);
    return Trainings.run(spark, scene, by, folder.resolve(name), JobContext.silent());
  }

  private static Process child(Averaging.By by, Path checkpoints) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ToBeKilled.class.getName());
    command.add(folder.resolve("shards").toString());
    command.add(Integer.toString(WORKERS));
    command.add(checkpoints.toString());
    command.add(by.name());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("child.log").toFile())
        .start();
  }

  private static long count(Path checkpoints) throws Exception {
    return Files.isDirectory(checkpoints) ? files(checkpoints).size() : 0;
  }

  private static List<Path> files(Path checkpoints) throws Exception {
    try (Stream<Path> all = Files.list(checkpoints)) {
      return all.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    }
  }

  /** Trains in a process of its own. */
  static final class ToBeKilled {
    private ToBeKilled() {}

    public static void main(String[] arguments) throws Exception {
      Dataset dataset = Dataset.open(Path.of(arguments[0]).toUri());
      Scene scene = Scene.resnet(dataset, Integer.parseInt(arguments[1]));
      try (JavaSparkContext spark = Sparks.local(2)) {
        Averaging.By by = Averaging.By.valueOf(arguments[3]);
        Trainings.run(spark, scene, by, Path.of(arguments[2]), JobContext.silent());
      }
    }
  }

  private static final class Notices implements JobContext {
    private final List<String> said = new ArrayList<>();

    @Override
    public Progress progress(String label, long total, String unit) {
      return JobContext.silent().progress(label, total, unit);
    }

    @Override
    public void event(String kind, Map<String, ?> fields) {}

    @Override
    public void notice(String sentence) {
      said.add(sentence);
    }
  }
}
