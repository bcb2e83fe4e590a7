package io.millrace.jobs.train;

import static io.millrace.jobs.train.PhaseData.flags;
import static io.millrace.jobs.train.PhaseData.json;
import static io.millrace.jobs.train.PhaseData.parameters;
import static io.millrace.jobs.train.PhaseData.plan;
import static io.millrace.jobs.train.PhaseData.rounds;
import static io.millrace.jobs.train.PhaseData.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.averaging.TrainingPhase;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.learner.Supervised;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.job.JobResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Learning rates and optimisers of phases, given by a schedule or by the phases themselves. */
@ExtendWith(PhaseData.class)
class ScheduledPhasesTest {
  private static final String TWO =
      "{ epochs = 1, lr = 0.05 }, { epochs = 1.5, lr = [0.05, 0.005], decay = cosine, momentum = 0.8 }";

  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  private static Map<String, String> scheduled(String phases) {
    return flags("", Map.of("schedule", "{ phases = [" + phases + "] }"));
  }

  private static Map<String, String> unscheduled(String phases) {
    Map<String, String> flags = new HashMap<>(flags("[" + phases + "]"));
    flags.remove("schedule");
    return flags;
  }

  @Test
  void phasesOfATrainingAndOfItsScheduleGiveTheSameRates() throws Exception {
    run(new TrainJob(), unscheduled(TWO), "own-rates");
    List<Double> rates = rounds("own-rates", "learning-rate");
    TrainingPlan plan = plan(unscheduled(TWO));
    assertThat(rates).hasSize(plan.rounds());
    int first = plan.phase(0).roundsInAll();
    assertThat(rates.subList(0, first)).containsOnly(0.05);
    assertThat(rates.get(rates.size() - 1)).isBetween(0.005, 0.02);
    assertThat(rounds("own-rates", "momentum").subList(first, rates.size()))
        .allSatisfy(momentum -> assertThat(momentum).isCloseTo(0.8, within(1e-12)));
    TrainingPlan same = plan(scheduled(TWO));
    assertThat(same.schedule().epochs()).isEqualTo(2.5);
    assertThat(same.phases()).as("one optimiser, one dataset").hasSize(1);
    for (double done : new double[] {0, 0.2, 0.5, 0.9, 1}) {
      assertThat(same.schedule().at(done)).isEqualTo(plan.schedule().at(done));
    }
  }

  @Test
  void scheduleMayChangeTheOptimiser() throws Exception {
    String changing =
        "{ epochs = 0.5, lr = 0.05 }, { epochs = 0.5, lr = 0.02 }, { epochs = 1, lr = 0.003, optimiser = adam }";
    List<TrainingPhase> phases = plan(scheduled(changing)).phases();
    assertThat(phases).extracting(TrainingPhase::epochs).containsExactly(1.0, 1.0);
    assertThat(phases)
        .extracting(phase -> ((Supervised) phase.learner()).optimiser().getClass().getSimpleName())
        .containsExactly("Sgd", "Adam");
    JobResult changed = run(new TrainJob(), scheduled(changing), "changed");
    JobResult again = run(new TrainJob(), scheduled(changing), "changed-again");
    assertThat(again.digest()).isEqualTo(changed.digest());
    String steady =
        "{ epochs = 0.5, lr = 0.05 }, { epochs = 0.5, lr = 0.02 }, { epochs = 1, lr = 0.003 }";
    assertThat(run(new TrainJob(), scheduled(steady), "steady").digest())
        .as("the optimiser matters")
        .isNotEqualTo(changed.digest());
    assertThat(json("changed/record.json").path("rounds")).isNotEmpty();
  }

  @Test
  void phaseOfATrainingMayHaveItsOwnOptimiser() {
    Map<String, String> flags =
        unscheduled("{ epochs = 1, lr = 0.1 }, { epochs = 1, lr = 0.01, optimiser = adam }");
    assertThat(TrainingPart.of(parameters(flags)))
        .extracting(part -> part.parameters().optimiser())
        .hasExactlyElementsOfTypes(Optimiser.Sgd.class, Optimiser.Adam.class);
  }

  @Test
  void cutsPhasesWhereTheScheduleChangesTheOptimiser() {
    Map<String, String> flags =
        flags(
            "[{ epochs = 1, input = 12 }, { epochs = 2 }]",
            Map.of(
                "schedule",
                "{ phases = [{ epochs = 1.5, lr = 0.1 }, { epochs = 1.5, lr = 0.1, optimiser = adam }] }"));
    assertThat(TrainingPart.of(parameters(flags)))
        .extracting(TrainingPart::epochs)
        .containsExactly(1.0, 0.5, 1.5);
  }

  @Test
  void refusesRatesThatAreMissingOrGivenTwice() {
    assertRefused(unscheduled("{ epochs = 1 }"), "schedule", "is missing");
    assertRefused(
        unscheduled("{ epochs = 1, lr = 0.1 }, { epochs = 1 }"),
        "phases",
        "in phase 2, lr is missing");
    assertRefused(
        flags("[{ epochs = 3, lr = 0.1 }]"),
        "in phase 1, the schedule",
        "leave out lr, or the schedule");
    assertRefused(flags("[{ epochs = 3, momentum = 0.8 }]"), "phases", "leave out momentum, or");
    assertRefused(
        unscheduled("{ epochs = 1, lr = 0.1, decay = exponential }"),
        "in phase 1, ",
        "exponential decay from 0.1 to 0.0");
    assertRefused(scheduled("{ epochs = 1, lr = -0.1 }"), "schedule.phases", "lr = [-0.1]");
    assertRefused(scheduled("{ epochs = 1, lr = 0.1, decay = parabola }"), "decay", "parabola");
    assertRefused(scheduled(""), "schedule", "Cannot train without phases");
    assertRefused(scheduled("{ lr = 0.1 }"), "epochs", "is missing");
  }

  private static void assertRefused(Map<String, String> flags, String where, String why) {
    assertThatThrownBy(() -> parameters(flags))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(where)
        .hasMessageContaining(why);
  }
}
