package io.millrace.jobs.train;

import static io.millrace.jobs.train.PhaseData.flags;
import static io.millrace.jobs.train.PhaseData.folder;
import static io.millrace.jobs.train.PhaseData.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.millrace.jobs.record.TrainingRecord;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.spec.FlagReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PhaseData.class)
class LrFindTest {
  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  private static Map<String, String> sweep(Map<String, String> changed) {
    Map<String, String> flags = new HashMap<>(flags(""));
    flags.remove("schedule");
    flags.remove("averaging");
    flags.putAll(changed);
    return flags;
  }

  @Test
  void triesRisingRatesUntilTheLossGrows() throws Exception {
    Map<String, String> flags = sweep(Map.of("from", "1e-5", "to", "1e3", "steps", "60"));
    JobResult result = run(new LrFindJob(), flags, "found");
    Sweep sweep = Sweep.open(folder().resolve("found").toUri());
    List<Sweep.Point> curve = sweep.curve();
    assertThat(sweep.steps()).isEqualTo(60);
    assertThat(curve).hasSizeBetween(30, 59);
    for (int i = 0; i < curve.size(); i++) {
      assertThat(curve.get(i).lr())
          .as("minibatches at the end of an epoch are smaller")
          .isCloseTo(1e-5 * Math.pow(1e8, i / 60.0), withinPercentage(30));
    }
    double last = curve.get(curve.size() - 1).lr();
    assertThat(last / curve.get(0).lr()).as("more than two decades").isGreaterThan(100);
    assertThat(List.of(sweep.suggestion().valley(), sweep.suggestion().steepest()))
        .allSatisfy(rate -> assertThat(rate).isBetween(curve.get(0).lr(), last));
    assertThat(result.metrics()).containsEntry("valley", sweep.suggestion().valley());
    assertThat(run(new LrFindJob(), flags, "found-again").digest()).isEqualTo(result.digest());
    CardRequest request =
        new CardRequest(
            "find", Optional.of(folder().resolve("found").toUri()), Map.of(), List.of());
    assertThat(new LrFindJob().card(request).blocks())
        .hasAtLeastOneElementOfType(Block.Lines.class);
  }

  @Test
  void takesALinearAxisAndMoreStepsThanAnEpochHas() throws Exception {
    run(
        new LrFindJob(),
        sweep(Map.of("from", "0.001", "to", "0.01", "steps", "30", "shape", "linear")),
        "linear");
    List<Sweep.Point> curve = Sweep.open(folder().resolve("linear").toUri()).curve();
    assertThat(curve).hasSize(30);
    assertThat(curve.get(10).lr()).isCloseTo(0.004, withinPercentage(4));
  }

  @Test
  void readsSuggestionsOffTheCurve() {
    TrainingRecord record = TrainingRecord.empty();
    int steps = 100;
    for (int i = 0; i < steps; i++) {
      double rate = 1e-5 * Math.pow(10, i * 6.0 / steps);
      // Flat, then a fall around 1e-2 down to its lowest at about 1e-1, then a rise.
      double x = Math.log10(rate);
      double loss = 2.3 - 1.5 / (1 + Math.exp(-8 * (x + 2))) + 20 * Math.max(0, x + 1);
      record.rounds().add(round(i + 1, rate, loss));
    }
    Sweep.Suggestion found = Sweep.of(record, steps).suggestion();
    assertThat(found.steepest()).as("smoothing is late").isBetween(8e-3, 4e-2);
    assertThat(found.minimum()).isBetween(0.008, 0.03);
    assertThat(found.valley()).isBetween(1e-4, 3e-2);
  }

  private static TrainingRecord.Round round(int number, double rate, double loss) {
    return new TrainingRecord.Round(
        1, number, 8, Map.of("loss", loss), rate, 0.9, 1, List.of(1.0), null);
  }

  @Test
  void refusesKeysThatItSetsItself() {
    assertRefused(Map.of("schedule", "{ constant { epochs = 1, lr = 0.1 } }"), "schedule");
    assertRefused(Map.of("phases", "[{ epochs = 1 }]"), "phases");
    assertRefused(Map.of("averaging", "{ by = dl4j-spark }"), "averaging.by");
    assertRefused(Map.of("from", "1", "to", "0.1"), "from 1.0 to 0.1");
    assertRefused(Map.of("steps", "10"), "the least value is 30");
    assertRefused(Map.of("learning-rate", "1"), "learning-rate");
  }

  private static void assertRefused(Map<String, String> changed, String why) {
    assertThatThrownBy(() -> FlagReader.read(new LrFindJob(), sweep(changed)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(why);
  }

  @Test
  void endsAnyTrainingWhoseLossGrows() {
    Map<String, String> flags = new HashMap<>(flags(""));
    flags.put("schedule", "{ constant { epochs = 4, lr = 500, momentum = 0.99 } }");
    flags.put("stop-div", "1.5");
    assertThatThrownBy(() -> run(new TrainJob(), flags, "stopped"))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot go on with the training: the smoothed loss is ")
        .hasMessageContaining("stop-div is 1.5")
        .hasMessageEndingWith("lower schedule.constant.lr");
  }
}
