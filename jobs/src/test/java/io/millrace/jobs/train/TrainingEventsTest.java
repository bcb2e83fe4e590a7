package io.millrace.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.architecture.catalogue.Linear;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.feed.ImageExamples;
import io.millrace.jobs.feed.Minibatches;
import io.millrace.jobs.feed.Normaliser;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.learner.Learner;
import io.millrace.jobs.page.KeptPicture;
import io.millrace.jobs.record.FirstMinibatch;
import io.millrace.jobs.record.RoundTimes;
import io.millrace.jobs.record.TrainingRecord;
import io.millrace.jobs.record.TrainingSoFar;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.testing.PlainEngine;
import io.millrace.jobs.testing.SmallDataset;
import io.millrace.jobs.testing.Told;
import io.millrace.pipeline.job.CardRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training tells and records of itself beside its weights. */
class TrainingEventsTest {
  private static final double NOTHING = 1e-9;

  @TempDir static Path folder;
  private static Dataset dataset;
  private static JavaSparkContext spark;

  @BeforeAll
  static void open() throws Exception {
    spark = Sparks.local(2);
    dataset = SmallDataset.write(folder.resolve("shards"), 90);
  }

  @AfterAll
  static void close() {
    spark.close();
  }

  @Test
  void trainingAccuracyEqualsPredictionBeforeEachStep() throws Exception {
    // Without batch norm a prediction does the same as a pass in training mode.
    Scene scene =
        new Scene(PlainEngine.NAME, dataset, new Linear(), Scene.SGD, Scene.ONE_CYCLE, 1, 8, 1);
    List<Double> counted = new ArrayList<>();
    TrainingPlan plan = scene.plan();
    try (Learner learner = plan.last().learner().learner()) {
      for (int epoch = 0; epoch < 2; epoch++) {
        try (Minibatches feed = plan.last().examples().training(epoch, 0, 90, 8)) {
          for (long step = 0; feed.hasNext(); step++) {
            Minibatch batch = feed.next();
            counted.add(learner.measure(batch).means().get("accuracy"));
            learner.step(batch, plan.hyper(epoch, step));
          }
        }
      }
    }
    TrainingRecord record = Trainings.run(spark, scene, folder.resolve("counted")).record();
    assertThat(record.rounds())
        .extracting(round -> round.measures().get("accuracy"))
        .containsExactlyElementsOf(counted);
    assertThat(counted.stream().distinct().count()).as("the case is not trivial").isGreaterThan(2);
    double second = counted.subList(12, 24).stream().mapToDouble(it -> it).sum();
    // Eleven minibatches of 8 and one of 2.
    double last = counted.get(23);
    assertThat(record.epochs().get(1).measures().get("accuracy"))
        .isCloseTo((8 * (second - last) + 2 * last) / 90, within(NOTHING));
  }

  @Test
  void timesOfARoundAddUp() throws Exception {
    Scene scene = Scene.plain(dataset, 2);
    TrainingRecord record = Trainings.run(spark, scene, folder.resolve("timed")).record();
    for (TrainingRecord.Round round : record.rounds()) {
      RoundTimes times = round.times();
      double workers = 0;
      for (double speed : round.workerExamplesPerSecond()) {
        workers += round.examples() / 2.0 / speed;
      }
      assertThat(times.train()).isPositive();
      assertThat(times.train() + times.waited()).isLessThanOrEqualTo(workers * 1.05);
      assertThat((times.train() + times.waited()) / 2 + times.average() + times.spark())
          .isCloseTo(round.seconds(), within(NOTHING));
      assertThat(times.augment()).isPositive();
      assertThat(times.read() + times.decode() + times.augment()).isLessThan(2 * round.seconds());
      assertThat(times.average()).isPositive();
      assertThat(times.checkpoint()).isPositive();
    }
  }

  @Test
  void eventsShowTheWholeCurveAfterResuming() throws Exception {
    Scene scene = Scene.plain(dataset, 2);
    Path checkpoints = folder.resolve("resumed");
    Told undisturbed = new Told();
    TrainingRecord whole = Trainings.run(spark, scene, checkpoints, undisturbed).record();
    int rounds = whole.rounds().size();
    try (Stream<Path> files = Files.list(checkpoints.resolve("checkpoints"))) {
      for (Path newest :
          files
              .filter(file -> file.toString().endsWith(".safetensors"))
              .sorted()
              .skip(1)
              .toList()) {
        Files.delete(newest);
      }
    }
    Told told = new Told();
    Trainings.run(spark, scene, checkpoints, told);

    assertThat(told.events().stream().filter(event -> event.get("event").equals("round")))
        .as("only the last rounds are done again")
        .hasSize(2);
    TrainingSoFar seen = told(told);
    assertThat(seen.record().rounds())
        .extracting(TrainingRecord.Round::round)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, rounds).boxed().toList());
    assertThat(seen.record().rounds())
        .extracting(round -> round.measures().get("loss"))
        .containsExactlyElementsOf(
            whole.rounds().stream().map(round -> round.measures().get("loss")).toList());
    assertThat(seen.record().epochs()).hasSize(2);
    assertThat(seen.record().rounds().get(rounds - 1).times().checkpoint()).isPositive();
    assertThat(seen.first()).isEqualTo(told(undisturbed).first());
    assertThat(seen.first().pictures()).hasSize(8);
  }

  @Test
  void firstMinibatchShowsTheFeedsPicturesInTrueColours() throws Exception {
    TrainingPlan plan = Scene.plain(dataset, 2).plan();
    try (Minibatches feed = plan.last().examples().training(0, 0, 8, 8)) {
      Minibatch batch = feed.next();
      List<String> classes = dataset.classNames();
      ImageExamples images = (ImageExamples) plan.phase(0).examples();
      List<KeptPicture> shown =
          FirstMinibatch.of(plan.phase(0), images, classes).orElseThrow().pictures();
      assertThat(shown).extracting(KeptPicture::id).isEqualTo(batch.ids());
      double[] mean = {0.5, 0.4, 0.3};
      double[] std = {0.2, 0.25, 0.3};
      int plane = 32 * 32;
      for (int i = 0; i < 8; i++) {
        assertThat(shown.get(i).label()).isEqualTo(classes.get(batch.ints(Minibatch.LABELS).at(i)));
        Image seen =
            FirstMinibatch.seen(batch.floats(Minibatch.IMAGES).values(), i, Scene.recipe(plan));
        for (int p = 0; p < 3 * plane; p++) {
          float value = batch.floats(Minibatch.IMAGES).values().get(i * 3 * plane + p);
          assertThat(seen.pixels()[p])
              .isEqualTo((byte) Math.round(255 * (value * std[p / plane] + mean[p / plane])));
        }
      }
    }
  }

  @Test
  void clampsLevelsOutsideTheRange() {
    Normaliser normaliser = new Normaliser(List.of(0.5), List.of(0.25));
    assertThat(normaliser.level(0, -100)).isEqualTo((byte) 0);
    assertThat(normaliser.level(0, 100)).isEqualTo((byte) 255);
    assertThat(normaliser.level(0, 0) & 0xFF).isBetween(127, 128);
  }

  private static TrainingSoFar told(Told told) throws Exception {
    return TrainingSoFar.of(new CardRequest("model", Optional.empty(), Map.of(), told.events()));
  }
}
