package io.millrace.jobs.train;

import static io.millrace.jobs.train.PhaseData.EACH;
import static io.millrace.jobs.train.PhaseData.SMALL;
import static io.millrace.jobs.train.PhaseData.at;
import static io.millrace.jobs.train.PhaseData.flags;
import static io.millrace.jobs.train.PhaseData.folder;
import static io.millrace.jobs.train.PhaseData.ids;
import static io.millrace.jobs.train.PhaseData.parameters;
import static io.millrace.jobs.train.PhaseData.plan;
import static io.millrace.jobs.train.PhaseData.run;
import static io.millrace.jobs.train.PhaseData.sizes;
import static io.millrace.jobs.train.PhaseData.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.augment.AugmentJob;
import io.millrace.jobs.averaging.Position;
import io.millrace.jobs.averaging.TrainingPhase;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.feed.Minibatches;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.testing.MadeDataset;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.spec.Canonical;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the phases of a training take of their data, and what is refused. */
@ExtendWith(PhaseData.class)
class PhasePlansTest {
  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  @Test
  void seesEveryImageOfAPhaseOncePerEpoch() {
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
  void trainsInNoPhaseOnValidationPictures() throws Exception {
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
  void trainingWithoutPhasesKeepsItsFingerprint() {
    Map<String, Object> canonical = Canonical.of(parameters(flags("")));
    assertThat(canonical).doesNotContainKey("phases").containsKey("schedule");
    assertThat(Canonical.of(parameters(flags("[]")))).isEqualTo(canonical);
    assertThat(Canonical.of(parameters(flags("[{ epochs = 3, batch = 2 }]"))))
        .containsEntry("phases", List.of(Map.of("epochs", 3.0, "batch", 2L)));
  }

  @Test
  void reportsAllMistakesOfTheConfigurationTogether() {
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
  void namesThePhaseThatDoesNotFitTheData() throws Exception {
    Map<String, String> linear = flags(sizes(), Map.of("architecture", "{ name = linear }"));
    assertThatThrownBy(() -> run(new TrainJob(), linear, "linear"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("Cannot train in phase 1 of 2: the tensor linear.weight is [3, 192]")
        .hasMessageContaining("3x8x8", "[3, 432]", "3x12x12");
    new MadeDataset(List.of("cat", "owl", "dog"))
        .addEach(Split.TRAIN, 5, SMALL)
        .write(folder().resolve("others"));
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
}
