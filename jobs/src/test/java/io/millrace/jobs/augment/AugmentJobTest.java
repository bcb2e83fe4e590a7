package io.millrace.jobs.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.image.resample.PixelsInMemory;
import io.millrace.jobs.random.Bits;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.DatasetFeatures;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.stats.Statistics;
import io.millrace.jobs.stats.StatsJob;
import io.millrace.jobs.stats.StatsParameters;
import io.millrace.jobs.testing.Ingests;
import io.millrace.jobs.testing.JobRunner;
import io.millrace.jobs.testing.MadeDataset;
import io.millrace.jobs.train.TrainJob;
import io.millrace.jobs.train.TrainParameters;
import io.millrace.jobs.transform.Augmenter;
import io.millrace.jobs.transform.Chain;
import io.millrace.jobs.transform.Draws;
import io.millrace.jobs.transform.Flip;
import io.millrace.jobs.transform.Levels;
import io.millrace.jobs.transform.PadReflect;
import io.millrace.jobs.transform.RandomCrop;
import io.millrace.jobs.transform.RandomErase;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.spec.FlagReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Augmented shards of real shards on a real local Spark. */
class AugmentJobTest {
  private static final String USUAL =
      "[{ pad-reflect = 4 }, { random-crop = 24 }, { flip = horizontal },"
          + " { random-erase { patches = 4, share = 0.2 } }]";
  private static final Chain CHAIN =
      new Chain(
          List.of(
              new PadReflect(4),
              new RandomCrop(24),
              new Flip(Flip.Axis.HORIZONTAL),
              new RandomErase(Interval.of(0, 4), 0.2)));

  @TempDir static Path folder;
  private static Dataset pictures;
  private static JobRunner.Done stats;

  @BeforeAll
  static void make() throws Exception {
    pictures =
        new MadeDataset(List.of("cat", "dog"))
            .addEach(Split.TRAIN, 15, 24)
            .addEach(Split.TEST, 4, 24)
            .write(folder.resolve("pictures"));
    stats =
        JobRunner.run(
            new StatsJob(), new StatsParameters(here("pictures"), Split.TRAIN), folder, "stats");
  }

  private static Location here(String name) {
    return new Location(folder.resolve(name).toString());
  }

  private static JobRunner.Done run(String name, String master, String... pairs) throws Exception {
    return JobRunner.run(new AugmentJob(), parameters(pairs), folder, name, master);
  }

  private static AugmentParameters parameters(String... pairs) {
    Map<String, String> flags = new LinkedHashMap<>();
    flags.put("shards", folder.resolve("pictures").toString());
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      flags.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return (AugmentParameters) FlagReader.read(new AugmentJob(), flags).parameters();
  }

  /** As both have it if the seed is left away. */
  private static long seedOfTraining() {
    Map<String, String> flags =
        Map.of(
            "shards",
            folder.resolve("pictures").toString(),
            "stats",
            stats.folder().toString(),
            "architecture",
            "linear",
            "schedule",
            "{ constant { epochs = 3, lr = 0.1 } }",
            "augment",
            USUAL);
    return ((TrainParameters) FlagReader.read(new TrainJob(), flags).parameters()).seed();
  }

  @Test
  void variantKEqualsWhatTrainingSeesInEpochK() throws Exception {
    long seed = seedOfTraining();
    JobRunner.Done done =
        run("variants", "local[2]", "transforms=" + USUAL, "copies=3", "stats=" + stats.folder());
    Map<String, Picture> made = new HashMap<>();
    for (Picture row : Ingests.rows(done)) {
      assertThat(made.put(row.id(), row)).isNull();
    }
    assertThat(made).hasSize(3 * 38);
    Levels levels = Levels.of(Statistics.open(stats.folder().toUri()));
    Augmenter augmenter = new Augmenter(CHAIN, 3, levels);
    for (String split : List.of("train", "test")) {
      for (int i = 0; i < (split.equals("train") ? 30 : 8); i++) {
        Picture picture = MadeDataset.noise(split + "#" + i, i % 2, 3, 24, 24);
        for (int k = 0; k < 3; k++) {
          Draws draws = Draws.of(seed, k, Bits.idHash(picture.id()));
          Picture variant = made.get(picture.id() + "#" + k);
          assertThat(variant.label()).isEqualTo(picture.label());
          assertThat(variant.image()).isEqualTo(augmenter.apply(picture.decoded(), draws).pixels());
        }
      }
    }
    Dataset dataset = Dataset.open(done.folder().toUri());
    assertThat(dataset.classNames()).containsExactly("cat", "dog");
    assertThat(dataset.images(Split.TRAIN)).isEqualTo(90);
    assertThat(dataset.classCounts()).containsEntry("train", List.of(45L, 45L));
    assertThat(dataset.counts().in()).isEqualTo(114);
    assertThat(dataset.source()).containsEntry("augmented", pictures.digest());
    assertThat(dataset.digest()).isEqualTo(done.result().digest());
    assertThat(done.result().headline()).isEqualTo("114 images, 3 of each");
    CardRequest request =
        new CardRequest("more", Optional.of(done.folder().toUri()), Map.of(), List.of());
    assertThat(new AugmentJob().card(request).blocks())
        .filteredOn(Block.Gallery.class::isInstance)
        .extracting(block -> ((Block.Gallery) block).caption())
        .contains(
            "{ pad-reflect = 4 }", "{ random-crop = 24 }", "{ flip = horizontal }", "random-erase");
  }

  @Test
  void sameBytesForAnyNumberOfTasks() throws Exception {
    String[] same = {"transforms=" + USUAL, "copies=2", "seed=1"};
    assertThat(run("alone", "local[1]", same).result().digest())
        .isEqualTo(run("together", "local[2]", same).result().digest())
        .isNotEqualTo(run("other", "local[2]", same[0], same[1], "seed=2").result().digest());
  }

  @Test
  void bytesEqualGoldenDigestOfThisVersion() throws Exception {
    assertThat(new AugmentJob().version()).isEqualTo(3);
    assertThat(
            run("golden", "local[2]", "transforms=" + USUAL, "stats=" + stats.folder())
                .result()
                .digest())
        .as("other bytes need a new version number of the job")
        .isEqualTo("ade4e307dab10180cce08c24353d628433438875990e729fe99e7f454ad7f976");
  }

  @Test
  void resumesWithUnfinishedShardsAfterKill() throws Exception {
    String[] same = {"transforms=" + USUAL, "copies=2"};
    String whole = run("whole", "local[2]", same).result().digest();
    // What a killed attempt leaves: all shards, of which one has its record and one was cut short.
    AugmentParameters parameters = parameters(same);
    ShardMaking making =
        new ShardMaking(
            pictures.root(),
            pictures.classNames(),
            folder.resolve("unfinished/resumed/f").toUri(),
            CHAIN,
            Levels.UNKNOWN,
            List.of(),
            parameters.store(),
            parameters.seed());
    List<VariantPlan> plans =
        List.of(
            new VariantPlan(pictures.shards(Split.TRAIN).get(0), 0, 0),
            new VariantPlan(pictures.shards(Split.TRAIN).get(1), 0, 1));
    for (VariantPlan plan : plans) {
      making.apply(plan);
    }
    Path kept = folder.resolve("unfinished/resumed/f");
    Path cut = kept.resolve("split=train/part-00001.parquet");
    Files.write(cut, new byte[10]);
    FileTime longAgo = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(kept.resolve("split=train/part-00000.parquet"), longAgo);
    JobRunner.Done resumed = run("resumed", "local[2]", same);
    assertThat(resumed.result().digest()).isEqualTo(whole);
    assertThat(Ingests.rows(resumed)).hasSize(2 * 38);
    assertThat(
            Files.getLastModifiedTime(resumed.folder().resolve("split=train/part-00000.parquet")))
        .isEqualTo(longAgo);
    assertThat(resumed.files()).noneMatch(file -> file.contains("_finished"));
  }

  @Test
  void pyramidMakesADatasetForEachSize() throws Exception {
    JobRunner.Done done = run("pyramid", "local[2]", "pyramid=[8, 16]");
    assertThat(done.result().headline()).isEqualTo("38 images at 8, 16 pixels");
    for (int side : List.of(8, 16)) {
      Path root = done.folder().resolve(String.valueOf(side));
      Dataset dataset = Dataset.open(root.toUri());
      assertThat(dataset.images(Split.TEST)).isEqualTo(8);
      assertThat(root.resolve(DatasetFeatures.FILE))
          .content()
          .contains("\"0\": \"cat\"")
          .endsWith("dtype: binary\n");
      for (Picture row : Ingests.rows(new JobRunner.Done(root, done.result()))) {
        Picture picture = MadeDataset.noise(row.id(), row.label(), 3, 24, 24);
        assertThat(row.image())
            .isEqualTo(
                new PixelsInMemory(picture.decoded())
                    .resized(new Sizing.Covered(side, side))
                    .pixels());
      }
    }
    CardRequest request =
        new CardRequest("sizes", Optional.of(done.folder().toUri()), Map.of(), List.of());
    assertThat(new AugmentJob().card(request).blocks()).hasSize(2);
  }

  @Test
  void refusesContradictoryParameters() {
    assertThatThrownBy(() -> parameters()).hasMessageContaining("nothing to do");
    assertThatThrownBy(() -> parameters("pyramid=[8]", "copies=2"))
        .hasMessageContaining("all copies are equal");
    assertThatThrownBy(() -> parameters("pyramid=[8, 8]")).hasMessageContaining("a size twice");
    assertThatThrownBy(() -> parameters("pyramid=[8]", "store=original"))
        .hasMessageContaining("take raw, png");
    assertThatThrownBy(() -> parameters("transforms=[{ random-crop = 8 }, { centre-crop = 9 }]"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("centre-crop = 9 (transform 2 of 2)")
        .hasMessageContaining("at most 8");
    assertThatThrownBy(() -> run("small", "local[2]", "transforms=[{ random-crop = 25 }]"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("Cannot augment picture ")
        .hasMessageContaining("random-crop = 25 (transform 1 of 1)");
  }
}
