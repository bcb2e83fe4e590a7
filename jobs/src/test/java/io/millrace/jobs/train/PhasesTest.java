package io.millrace.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.jobs.augment.AugmentJob;
import io.millrace.jobs.averaging.Position;
import io.millrace.jobs.averaging.TrainingPhase;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.feed.Examples;
import io.millrace.jobs.feed.Feed;
import io.millrace.jobs.feed.ImageExamples;
import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.feed.Minibatches;
import io.millrace.jobs.feed.Normaliser;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.image.resample.PixelsInMemory;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.sampling.View;
import io.millrace.jobs.schedule.Hyper;
import io.millrace.jobs.schedule.Schedule;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.stats.StatsJob;
import io.millrace.jobs.testing.MadeDataset;
import io.millrace.jobs.testing.Told;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.spec.Canonical;
import io.millrace.pipeline.spec.FlagReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings whose dataset and size change on the way. */
class PhasesTest {
  private static final List<String> CLASSES = List.of("cat", "dog", "owl");
  private static final int LARGE = 12;
  private static final int SMALL = 8;

  /** Pictures of the larger dataset; the smaller one lacks a few. */
  private static final int EACH = 17;

  @TempDir static Path folder;

  @BeforeAll
  static void prepare() throws Exception {
    new MadeDataset(CLASSES).addEach(Split.TRAIN, EACH, LARGE).write(folder.resolve("large"));
    MadeDataset small = new MadeDataset(CLASSES);
    for (int i = 0; i < 3 * (EACH - 4); i++) {
      Picture large = MadeDataset.noise("train#" + i, i % 3, 3, LARGE, LARGE);
      byte[] pixels =
          new PixelsInMemory(large.decoded()).resized(new Sizing.Covered(SMALL, SMALL)).pixels();
      small.add(
          Split.TRAIN,
          new Picture(large.id(), large.label(), SMALL, SMALL, 3, large.encoding(), pixels));
    }
    small.write(folder.resolve("small"));
    run(new StatsJob(), Map.of("shards", at("large")), "stats");
    run(new StatsJob(), Map.of("shards", at("small")), "stats-small");
  }

  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  @Test
  void phasesOfTheSameDataAreATrainingWithoutPhases() throws Exception {
    JobResult whole = run(new TrainJob(), flags(""), "whole");
    JobResult phased =
        run(new TrainJob(), flags("[{ epochs = 1 }, { epochs = 2, input = 12 }]"), "same");
    assertThat(phased.digest()).isEqualTo(whole.digest());
    assertThat(rounds("same", "loss")).isEqualTo(rounds("whole", "loss"));
    assertThat(rounds("same", "learning-rate")).isEqualTo(rounds("whole", "learning-rate"));
    assertThat(phased.metrics().get("validation-loss"))
        .isEqualTo(whole.metrics().get("validation-loss"));
    assertThat(run(new TrainJob(), flags(sizes()), "sizes").digest())
        .as("the test tells something")
        .isNotEqualTo(whole.digest());
  }

  @Test
  void resumedAfterAnyRoundItEndsWithTheSameBits() throws Exception {
    Map<String, String> flags = flags(sizes());
    flags.put("checkpoint", "{ every-rounds = 1, keep = 1000 }");
    JobResult undisturbed = run(new TrainJob(), flags, "resumed");
    List<Path> checkpoints;
    try (Stream<Path> all = Files.list(folder.resolve("unfinished/resumed/checkpoints"))) {
      checkpoints = all.sorted().toList();
    }
    List<Double> losses = rounds("resumed", "loss");
    assertThat(checkpoints).hasSameSizeAs(losses).hasSizeGreaterThan(8);
    for (int kept = checkpoints.size() - 1; kept >= 0; kept--) {
      for (Path newer : checkpoints.subList(kept + 1, checkpoints.size())) {
        Files.deleteIfExists(newer);
      }
      Path again = folder.resolve("resumed");
      try (Stream<Path> left = Files.list(again)) {
        for (Path file : left.toList()) {
          Files.delete(file);
        }
      }
      assertThat(run(new TrainJob(), flags, "resumed").digest())
          .as("after round " + (kept + 1))
          .isEqualTo(undisturbed.digest());
      assertThat(rounds("resumed", "loss")).isEqualTo(losses);
    }
  }

  @Test
  void everyImageOfAPhaseIsSeenOnceInEachOfItsEpochs() {
    TrainingPlan plan = plan(flags(sizes()));
    assertThat(plan.epochs()).isEqualTo(3);
    int done = 0;
    for (int epoch = 0; epoch < 3; epoch++) {
      TrainingPhase phase = plan.phase(epoch);
      List<String> seen = new ArrayList<>();
      for (int round = 0; round < phase.rounds().perEpoch(); round++) {
        assertThat(plan.position(done++)).isEqualTo(new Position(epoch, round));
        for (int worker = 0; worker < 2; worker++) {
          long from = phase.rounds().from(worker, round);
          long to = phase.rounds().to(worker, round);
          try (Minibatches feed =
              phase.examples().training(epoch, from, to, phase.rounds().batch())) {
            while (feed.hasNext()) {
              seen.addAll(feed.next().ids());
            }
          }
        }
      }
      assertThat(seen)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(ids(view(phase.examples())));
    }
    assertThat(plan.rounds()).isEqualTo(done);
    assertThat(plan.phase(0).rounds().examples()).isLessThan(plan.phase(1).rounds().examples());
  }

  @Test
  void theScheduleGoesOnFromPhaseToPhase() throws Exception {
    run(new TrainJob(), flags(sizes()), "schedule");
    TrainingPlan plan = plan(flags(sizes()));
    long all = plan.phase(0).rounds().examples() + 2 * plan.phase(1).rounds().examples();
    Schedule cycle = new Schedule.OneCycle(3, 0.1, List.of(0.95, 0.85));
    long seen = 0;
    List<Double> rates = rounds("schedule", "learning-rate");
    List<Double> images = rounds("schedule", "images");
    for (int round = 0; round < rates.size(); round++) {
      // Two workers with two minibatches of 4 each, or what is left; the last step counts.
      double steps = Math.ceil(images.get(round) / 2 / 4);
      double last = seen + (steps - 1) * 2 * 4;
      Hyper hyper = cycle.at(last / all);
      assertThat(rates.get(round))
          .as("round " + round)
          .isCloseTo(hyper.learningRate(), within(1e-12));
      seen += images.get(round).longValue();
    }
    assertThat(seen).isEqualTo(all);
  }

  @Test
  void whatValidatesInOnePhaseIsTrainedOnInNone() throws Exception {
    run(
        new AugmentJob(),
        Map.of(
            "shards", at("large"),
            "transforms", "[{ flip = horizontal }]",
            "copies", "3",
            "pyramid", "[8, 16]"),
        "variants");
    run(new AugmentJob(), Map.of("shards", at("large"), "pyramid", "[10]"), "sizes-of-one");
    Map<String, String> flags =
        flags(
            "[{ epochs = 1, shards = \"%s\" }, { epochs = 1, shards = \"%s\" }, { epochs = 1 }]"
                .formatted(at("variants/8"), at("sizes-of-one/10")));
    TrainingPlan plan = plan(flags);
    Set<String> validation = new HashSet<>();
    Set<String> training = new HashSet<>();
    for (TrainingPhase phase : plan.phases()) {
      Dataset dataset = view(phase.examples()).dataset();
      ids(view(phase.validation())).forEach(id -> validation.add(dataset.originalId(id)));
      ids(view(phase.examples())).forEach(id -> training.add(dataset.originalId(id)));
    }
    assertThat(plan.phase(0).rounds().examples()).isEqualTo(3 * plan.phase(1).rounds().examples());
    assertThat(ids(view(plan.last().validation()))).containsExactlyInAnyOrderElementsOf(validation);
    assertThat(training)
        .hasSize(3 * EACH - validation.size())
        .doesNotContainAnyElementsOf(validation);
    assertThat(validation).hasSizeGreaterThan(4);
  }

  @Test
  void theModelIsThatOfTheLastPhase() throws Exception {
    String phases =
        "[{ epochs = 1 }, { epochs = 2, shards = \"%s\", stats = \"%s\" }]"
            .formatted(at("small"), at("stats-small"));
    run(new TrainJob(), flags(phases), "last");
    Model model = Model.open(folder.resolve("last").toUri());
    assertThat(model.input()).hasToString("3x8x8");
    JsonNode stats = json("stats-small/stats.json");
    assertThat(model.mean().get(0)).isEqualTo(stats.path("mean").get(0).asDouble());
    assertThat(model.mean().get(0))
        .isNotEqualTo(json("stats/stats.json").path("mean").get(0).asDouble());
    Dataset small = Dataset.open(folder.resolve("small").toUri());
    assertThat(model.origin().dataset()).isEqualTo(small.digest());
    model.network(1).close();
    JsonNode provenance = json("last/model.json").path("provenance");
    assertThat(provenance.path("phases").path("2").path("shards").asText())
        .isEqualTo(small.digest());
  }

  @Test
  void theReportSaysWhereASizeBegins() throws Exception {
    Path root = Files.createDirectories(folder.resolve("shown"));
    Told told = new Told();
    run(new TrainJob(), flags(sizes()), "shown", told);
    TrainingPlan plan = plan(flags(sizes()));
    List<Block.Mark> marks =
        List.of(new Block.Mark(1, "8x8"), new Block.Mark(plan.phase(0).roundsInAll() + 1, "12x12"));
    Card done = card(Optional.of(root.toUri()), List.of());
    for (Card card : List.of(done, card(Optional.empty(), told.events()))) {
      List<Block.Lines> charts = only(card, Block.Lines.class);
      assertThat(charts).hasSize(5).extracting(Block.Lines::marks).containsOnly(marks);
      assertThat(charts.get(0).series().get(0).x()).hasSize(plan.rounds());
      List<Block.Table> tables = only(card, Block.Table.class);
      assertThat(tables)
          .anySatisfy(table -> assertThat(column(table, 1)).containsExactly("8x8", "12x12"));
      assertThat(tables)
          .anySatisfy(
              table -> assertThat(column(table, 1)).containsExactly("8x8", "12x12", "12x12"));
    }
    run(new TrainJob(), flags(""), "shown-whole");
    Card whole = card(Optional.of(folder.resolve("shown-whole").toUri()), List.of());
    assertThat(only(whole, Block.Lines.class))
        .extracting(Block.Lines::marks)
        .containsOnly(List.of());
  }

  private static Card card(Optional<URI> model, List<Map<String, Object>> events) throws Exception {
    return new TrainJob().card(new CardRequest("model", model, Map.of(), events));
  }

  private static <B extends Block> List<B> only(Card card, Class<B> kind) {
    return card.blocks().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<String> column(Block.Table table, int column) {
    return table.rows().stream().map(row -> row.get(column)).toList();
  }

  @Test
  void aTrainingWithoutPhasesHasTheFingerprintThatItHad() {
    Map<String, Object> canonical = Canonical.of(parameters(flags("")));
    assertThat(canonical).doesNotContainKey("phases").containsKey("schedule");
    assertThat(Canonical.of(parameters(flags("[]")))).isEqualTo(canonical);
    assertThat(Canonical.of(parameters(flags("[{ epochs = 3, batch = 2 }]"))))
        .containsEntry("phases", List.of(Map.of("epochs", 3.0, "batch", 2L)));
  }

  @Test
  void whatTheConfigurationShowsToBeWrongIsRefusedAtOnce() {
    assertThatThrownBy(
            () ->
                parameters(
                    flags(
                        "[{ epochs = 1, input = 8 }, { epochs = 1 },"
                            + " { epochs = 5, augment = [{ random-crop = 9 }], input = 8 }]",
                        Map.of("augment", "[{ random-crop = 12 }]"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("they last 1 + 1 + 5 = 7 epochs and the schedule 3")
        .hasMessageContaining("--phases: in phase 1, random-crop = 12")
        .hasMessageContaining("--phases: in phase 3, random-crop = 9")
        .hasMessageNotContaining("phase 2,");
    assertThatThrownBy(() -> parameters(flags("[{ epochs = 3, sharts = \"x\", batch = 0 }]")))
        .hasMessageContaining("--phases: [0].sharts")
        .hasMessageContaining("--phases: [0].batch");
  }

  @Test
  void whatTheDataShowToBeWrongNamesThePhase() throws Exception {
    Map<String, String> linear = flags(sizes(), Map.of("architecture", "{ name = linear }"));
    assertThatThrownBy(() -> run(new TrainJob(), linear, "linear"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("Cannot train in phase 1 of 2: the tensor linear.weight is [3, 192]")
        .hasMessageContaining("3x8x8", "[3, 432]", "3x12x12");
    new MadeDataset(List.of("cat", "owl", "dog"))
        .addEach(Split.TRAIN, 5, SMALL)
        .write(folder.resolve("others"));
    String others = "[{ epochs = 2 }, { epochs = 1, shards = \"%s\" }]".formatted(at("others"));
    assertThatThrownBy(() -> run(new TrainJob(), flags(others), "classes"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("Cannot train in phase 2: class 1 is 'owl' in its dataset")
        .hasMessageContaining("'dog' in the stage's");
    String larger = "[{ epochs = 1, shards = \"%s\", input = 12 }, { epochs = 2 }]";
    assertThatThrownBy(() -> run(new TrainJob(), flags(larger.formatted(at("small"))), "larger"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("Cannot train in phase 1 of 2")
        .hasMessageContaining("8x8, but the network takes 12x12");
    assertThatThrownBy(() -> run(new TrainJob(), flags(larger.formatted(at("nowhere"))), "nowhere"))
        .hasMessageContaining("nowhere");
  }

  private static String sizes() {
    return "[{ epochs = 1, shards = \"%s\" }, { epochs = 2 }]".formatted(at("small"));
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  private static Map<String, String> flags(String phases) {
    return flags(phases, Map.of());
  }

  private static Map<String, String> flags(String phases, Map<String, String> changed) {
    Map<String, String> flags = new HashMap<>();
    flags.put("shards", at("large"));
    flags.put("stats", at("stats"));
    flags.put("architecture", "{ name = resnet, channels = [4, 8] }");
    flags.put("schedule", "{ one-cycle { epochs = 3, lr = 0.1 } }");
    flags.put("batch", "4");
    flags.put("averaging", "{ every = 2 }");
    flags.put("validation", "20%");
    flags.put("augment", "[{ flip = horizontal }]");
    flags.putAll(changed);
    if (!phases.isEmpty()) {
      flags.put("phases", phases);
    }
    return flags;
  }

  private static TrainParameters parameters(Map<String, String> flags) {
    return (TrainParameters) FlagReader.read(new TrainJob(), flags).parameters();
  }

  private static TrainingPlan plan(Map<String, String> flags) {
    return Planning.of(TrainingInputs.open(parameters(flags))).plan();
  }

  private static List<String> ids(View view) {
    InputShape input = InputShape.of(view);
    Normaliser none = new Normaliser(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    List<String> ids = new ArrayList<>();
    try (Feed feed = Feed.inOrder(view, input, none, 0, view.size(), 5)) {
      while (feed.hasNext()) {
        ids.addAll(feed.next().ids());
      }
    }
    return ids;
  }

  private static List<Double> rounds(String model, String figure) throws Exception {
    List<Double> figures = new ArrayList<>();
    json(model + "/record.json")
        .path("rounds")
        .forEach(it -> figures.add(it.path(figure).asDouble()));
    return figures;
  }

  private static JsonNode json(String path) throws Exception {
    return new ObjectMapper().readTree(folder.resolve(path).toFile());
  }

  private static <P extends Record> JobResult run(
      Job<P> job, Map<String, String> flags, String name) throws Exception {
    return run(job, flags, name, JobContext.silent());
  }

  private static <P extends Record> JobResult run(
      Job<P> job, Map<String, String> flags, String name, JobContext context) throws Exception {
    Path root = Files.createDirectories(folder.resolve(name));
    P parameters = job.parameters().cast(FlagReader.read(job, flags).parameters());
    return job.run(
        new JobRequest<>(
            job.name(),
            parameters,
            root.toUri(),
            folder.resolve("unfinished").resolve(name).toUri(),
            folder.resolve("scratch").toUri(),
            Map.of("spark.master", "local[2]"),
            "millrace " + job.name()),
        context);
  }

  private static View view(Examples examples) {
    return ((ImageExamples) examples).recipe().view();
  }
}
