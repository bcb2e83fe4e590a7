package io.millrace.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.averaging.Averaging;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.testing.SmallDataset;
import io.millrace.jobs.testing.States;
import io.millrace.jobs.testing.Told;
import io.millrace.pipeline.job.JobContext;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same bits for any number of task slots, and whether or not a training was killed. Takes about
 * 40 s: trainings of a dozen rounds, two of which are killed in a JVM of their own.
 */
class SameBitsTest {
  private static final int WORKERS = 4;

  @TempDir static Path folder;
  private static Dataset dataset;

  /** For rounds by Deeplearning4j, of which each takes seconds. */
  private static Dataset few;

  private static State undisturbed;

  @BeforeAll
  static void trainUndisturbed() throws Exception {
    dataset = SmallDataset.write(folder.resolve("shards"), 301);
    few = SmallDataset.write(folder.resolve("few"), 101);
    try (JavaSparkContext spark = Sparks.local(2)) {
      undisturbed = trained(spark, "undisturbed").state().shared();
    }
  }

  @Test
  void sameWeightsForAnyNumberOfSlots() throws Exception {
    for (int slots : new int[] {1, 4}) {
      try (JavaSparkContext spark = Sparks.local(slots)) {
        States.assertSameBits(trained(spark, "slots" + slots).state().shared(), undisturbed);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Averaging.By.class)
  void resumesFromLastCheckpointAfterKill(Averaging.By by) throws Exception {
    Path checkpoints = folder.resolve("killed by " + by);
    assertThat(child(by, checkpoints).waitFor()).isEqualTo(ToBeKilled.STATUS);
    Checkpoint from =
        Trainings.checkpoints(checkpoints, WORKERS).newest(JobContext.silent()).orElseThrow();
    Scene scene = scene(by);
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
  void sameWeightsAfterDamagedAndTruncatedCheckpoints() throws Exception {
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
      Told told = new Told();
      Checkpoint end = Trainings.run(spark, Scene.plain(dataset, WORKERS), checkpoints, told);
      States.assertSameBits(end.state().shared(), undisturbed);
      assertThat(told.notices())
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
    return Trainings.run(spark, scene(by), by, folder.resolve(name), JobContext.silent());
  }

  private static Scene scene(Averaging.By by) {
    return scene(by == Averaging.By.MILLRACE ? dataset : few, by);
  }

  /** Only Deeplearning4j's own averaging needs its engine. */
  private static Scene scene(Dataset dataset, Averaging.By by) {
    return by == Averaging.By.MILLRACE
        ? Scene.plain(dataset, WORKERS)
        : Scene.resnet(dataset, WORKERS);
  }

  private static Process child(Averaging.By by, Path checkpoints) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    // What it leaves there must not stay.
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ToBeKilled.class.getName());
    command.add(folder.resolve(by == Averaging.By.MILLRACE ? "shards" : "few").toString());
    command.add(checkpoints.toString());
    command.add(by.name());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("child.log").toFile())
        .start();
  }

  private static List<Path> files(Path checkpoints) throws Exception {
    try (Stream<Path> all = Files.list(checkpoints)) {
      return all.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    }
  }

  /** Trains in a process of its own, which ends in the middle with nothing tidied up. */
  static final class ToBeKilled implements JobContext {
    private static final int STATUS = 137;
    private static final int ROUNDS = 3;

    private int rounds;

    @Override
    public Progress progress(String label, long total, String unit) {
      return JobContext.silent().progress(label, total, unit);
    }

    @Override
    public void event(String kind, Map<String, ?> fields) {
      if (kind.equals("round") && ++rounds == ROUNDS) {
        Runtime.getRuntime().halt(STATUS);
      }
    }

    @Override
    public void notice(String sentence) {}

    public static void main(String[] arguments) throws Exception {
      Dataset dataset = Dataset.open(Path.of(arguments[0]).toUri());
      Averaging.By by = Averaging.By.valueOf(arguments[2]);
      try (JavaSparkContext spark = Sparks.local(2)) {
        Trainings.run(spark, scene(dataset, by), by, Path.of(arguments[1]), new ToBeKilled());
      }
    }
  }
}
