package io.millrace.jobs.extending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.averaging.Rounds;
import io.millrace.jobs.averaging.TrainingPhase;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.engine.SparkAveraging;
import io.millrace.jobs.engine.dl4j.Dl4jEngine;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.schedule.Constant;
import io.millrace.jobs.schedule.Decay;
import io.millrace.jobs.schedule.OneCycle;
import io.millrace.jobs.schedule.Phases;
import io.millrace.jobs.schedule.Schedule;
import io.millrace.jobs.schedule.SchedulePhase;
import io.millrace.jobs.schedule.Segment;
import io.millrace.jobs.testing.Points;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.Extent;
import io.millrace.pipeline.spec.Variants;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code docs/extending/schedule.md}, whose example is {@link OneCycle}. */
record ScheduleGuide(Sources sources) implements Guide {
  private static final Schedule CYCLE = new OneCycle(1.5, 0.1, List.of(0.95, 0.85));
  private static final Schedule PHASES =
      new Phases(
          List.of(
              new SchedulePhase(
                  1.5,
                  List.of(0.1),
                  Optional.of(new Decay.Cosine()),
                  List.of(0.9),
                  Optional.empty(),
                  Optional.empty())));
  private static final Schedule STEADY = new Constant(1.5, 0.1, 0.9);

  @Override
  public String page() {
    return "schedule";
  }

  @Override
  public List<Check> steps() {
    return List.of(
        ScheduleGuide::keys,
        ScheduleGuide::segments,
        ScheduleGuide::length,
        ScheduleGuide::learningRate,
        ScheduleGuide::dl4jSpark,
        ScheduleGuide::goldenFiles,
        this::tests);
  }

  private static void keys() {
    Variants.records(Schedule.class)
        .forEach(
            (name, record) -> {
              ChoiceRules.assertKeys(Schedule.class, name, record);
              List<String> names =
                  Arrays.stream(record.getRecordComponents())
                      .map(RecordComponent::getName)
                      .toList();
              assertThat(names)
                  .containsAnyOf("lr", "phases")
                  .containsAnyOf("epochs", "cycles", "phases");
            });
    assertThat(Variants.records(Schedule.class)).containsKey("one-cycle");
    assertThatThrownBy(() -> new OneCycle(1, 0.1, List.of(0.9)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void segments() {
    for (Schedule schedule : List.of(CYCLE, STEADY, PHASES)) {
      double begin = 0;
      for (Segment segment : schedule.segments()) {
        assertThat(segment.end()).isGreaterThan(begin);
        Hyper first = schedule.at(begin);
        assertThat(first.learningRate()).isEqualTo(segment.learningRate().from());
        assertThat(first.momentum()).isEqualTo(segment.momentum().from());
        begin = segment.end();
      }
      assertThat(begin).isEqualTo(1);
    }
    assertThat(CYCLE.segments()).hasSize(2);
    assertThat(new OneCycle(1, 1, List.of(0.9, 0.8), Extent.share(0), 25, 1e5).segments())
        .hasSize(1);
  }

  private static void length() {
    Points points = new Points(50);
    TrainingPhase phase =
        new TrainingPhase(
            CYCLE.epochs(),
            points,
            new Rounds(points.size(), 2, PointNetworks.BATCH, 2),
            new Points(0),
            PointNetworks.classifier(PointNetworks.SGD));
    TrainingPlan plan = new TrainingPlan(List.of(phase), CYCLE);
    assertThat(plan.epochs()).isEqualTo(2);
    assertThat(plan.rounds()).isLessThan(2 * phase.rounds().perEpoch());
    assertThat(plan.examples()).isBetween(points.size(), 2 * points.size());
    assertThat(plan.hyper(0, 0).learningRate()).isEqualTo(CYCLE.at(0).learningRate());
  }

  private static void learningRate() {
    assertThat(CYCLE.learningRateKey()).isEqualTo("one-cycle.lr");
    assertThat(STEADY.learningRateKey()).isEqualTo("constant.lr");
    assertThat(PHASES.learningRateKey()).isEqualTo("phases");
  }

  private static void dl4jSpark() {
    assertThat(CYCLE.lowestMomentum()).isEqualTo(0.85);
    assertThat(CYCLE.highestMomentum()).isEqualTo(0.95);
    SparkAveraging averaging = new Dl4jEngine().averaging().orElseThrow();
    assertThat(averaging.problems(PointNetworks.ADAM, CYCLE))
        .extracting(Problem::where)
        .containsExactly("schedule.one-cycle.momentum");
    assertThat(averaging.problems(PointNetworks.ADAM, STEADY)).isEmpty();
  }

  private static void goldenFiles() throws Exception {
    ChoiceRules.assertDefault("train.schedule.one-cycle.warm-up = 25%");
    ChoiceRules.assertFlags("train --lr", "train --epochs", "train --schedule.one-cycle.warm-up");
  }

  private void tests() throws Exception {
    for (Class<?> schedule : Schedule.class.getPermittedSubclasses()) {
      assertThat(sources.text("ScheduleTest")).contains("new " + schedule.getSimpleName() + "(");
    }
    assertThat(sources.text("ScheduleTest"))
        .contains("oneCycleEqualsTorchsWithItsDefaults", "Extent.share(0)");
  }
}
