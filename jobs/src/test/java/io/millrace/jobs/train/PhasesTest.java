package io.millrace.jobs.train;

import static io.millrace.jobs.train.PhaseData.at;
import static io.millrace.jobs.train.PhaseData.flags;
import static io.millrace.jobs.train.PhaseData.folder;
import static io.millrace.jobs.train.PhaseData.json;
import static io.millrace.jobs.train.PhaseData.plan;
import static io.millrace.jobs.train.PhaseData.rounds;
import static io.millrace.jobs.train.PhaseData.run;
import static io.millrace.jobs.train.PhaseData.sizes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.schedule.OneCycle;
import io.millrace.jobs.schedule.Schedule;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.testing.Told;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.JobResult;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Trainings whose dataset and size change on the way. Takes about 35 s: one training is resumed
 * after each of its rounds.
 */
@ExtendWith(PhaseData.class)
class PhasesTest {
  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  @Test
  void phasesOfTheSameDataEqualATrainingWithoutPhases() throws Exception {
    JobResult whole = run(new TrainJob(), flags(""), "whole");
    JobResult phased =
        run(new TrainJob(), flags("[{ epochs = 1 }, { epochs = 2, input = 12 }]"), "same");
    assertThat(phased.digest()).isEqualTo(whole.digest());
    assertThat(rounds("same", "loss")).isEqualTo(rounds("whole", "loss"));
    assertThat(rounds("same", "learning-rate")).isEqualTo(rounds("whole", "learning-rate"));
    assertThat(phased.metrics().get("validation-loss"))
        .isEqualTo(whole.metrics().get("validation-loss"));
    assertThat(run(new TrainJob(), flags(sizes()), "sizes").digest())
        .as("the case is not trivial")
        .isNotEqualTo(whole.digest());
  }

  @Test
  void resumesAfterAnyRoundWithTheSameBits() throws Exception {
    Map<String, String> flags = flags(sizes());
    flags.put("checkpoint", "{ every-rounds = 1, keep = 1000 }");
    JobResult undisturbed = run(new TrainJob(), flags, "resumed");
    List<Path> checkpoints;
    try (Stream<Path> all = Files.list(folder().resolve("unfinished/resumed/checkpoints"))) {
      checkpoints = all.sorted().toList();
    }
    List<Double> losses = rounds("resumed", "loss");
    assertThat(checkpoints).hasSameSizeAs(losses).hasSizeGreaterThan(8);
    for (int kept = checkpoints.size() - 1; kept >= 0; kept--) {
      for (Path newer : checkpoints.subList(kept + 1, checkpoints.size())) {
        Files.deleteIfExists(newer);
      }
      Path again = folder().resolve("resumed");
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
  void scheduleContinuesAcrossPhases() throws Exception {
    run(new TrainJob(), flags(sizes()), "schedule");
    TrainingPlan plan = plan(flags(sizes()));
    long all = plan.phase(0).rounds().examples() + 2 * plan.phase(1).rounds().examples();
    Schedule cycle = new OneCycle(3, 0.1, List.of(0.95, 0.85));
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
  void modelTakesInputAndStatisticsOfTheLastPhase() throws Exception {
    String phases =
        "[{ epochs = 1 }, { epochs = 2, shards = \"%s\", stats = \"%s\" }]"
            .formatted(at("small"), at("stats-small"));
    run(new TrainJob(), flags(phases), "last");
    Model model = Model.open(folder().resolve("last").toUri());
    assertThat(model.input()).hasToString("3x8x8");
    JsonNode stats = json("stats-small/stats.json");
    assertThat(model.mean().get(0)).isEqualTo(stats.path("mean").get(0).asDouble());
    assertThat(model.mean().get(0))
        .isNotEqualTo(json("stats/stats.json").path("mean").get(0).asDouble());
    Dataset small = Dataset.open(folder().resolve("small").toUri());
    assertThat(model.origin().dataset()).isEqualTo(small.digest());
    model.network(1).close();
    JsonNode provenance = json("last/model.json").path("provenance");
    assertThat(provenance.path("phases").path("2").path("shards").asText())
        .isEqualTo(small.digest());
  }

  @Test
  void reportMarksWhereEachSizeBegins() throws Exception {
    Path root = Files.createDirectories(folder().resolve("shown"));
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
    Card whole = card(Optional.of(folder().resolve("shown-whole").toUri()), List.of());
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
}
