package io.millrace.jobs.extending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.engine.SparkAveraging;
import io.millrace.jobs.engine.dl4j.Dl4jEngine;
import io.millrace.jobs.optimiser.AdamW;
import io.millrace.jobs.optimiser.DecayOn;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.optimiser.Lamb;
import io.millrace.jobs.optimiser.Lars;
import io.millrace.jobs.optimiser.Layout;
import io.millrace.jobs.optimiser.Lion;
import io.millrace.jobs.optimiser.Muon;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.optimiser.RmsProp;
import io.millrace.jobs.optimiser.UpdateRule;
import io.millrace.jobs.schedule.Constant;
import io.millrace.jobs.schedule.Schedule;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.spec.Variants;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code docs/extending/optimiser.md}, whose example is {@link Optimiser.Adam}. */
record OptimiserGuide(Sources sources) implements Guide {
  private static final List<Optimiser> ALL = List.of(PointNetworks.SGD, PointNetworks.ADAM);
  private static final String BODY = "body";
  private static final Hyper HYPER = new Hyper(0.1, 0.9);

  @Override
  public String page() {
    return "optimiser";
  }

  @Override
  public List<Check> steps() {
    return List.of(
        OptimiserGuide::keys,
        OptimiserGuide::rule,
        OptimiserGuide::groups,
        OptimiserGuide::memory,
        this::values,
        this::dl4jSpark,
        OptimiserGuide::goldenFiles);
  }

  private static void keys() {
    Variants.records(Optimiser.class)
        .forEach((name, record) -> ChoiceRules.assertKeys(Optimiser.class, name, record));
    assertThat(Variants.records(Optimiser.class)).containsKey("adam");
    assertThat(Optimiser.class.isSealed()).isTrue();
  }

  private static void rule() {
    for (Optimiser optimiser : ALL) {
      float[] weights = ones();
      float[] gradient = ones();
      optimiser.rule(layout()).update(weights, gradient, HYPER);
      assertThat(weights).doesNotContain(1);
      assertThat(gradient).isEqualTo(ones());
    }
    assertThat(layout().parts())
        .extracting(Layout.Part::name)
        .containsExactly("hidden.weight", "hidden.bias", "out.weight", "out.bias");
  }

  private static void groups() {
    for (Optimiser optimiser :
        List.of(
            new Optimiser.Sgd(0.1, false),
            new Optimiser.Adam(0.999, 1e-8, 0.1, true),
            new AdamW(0.999, 1e-8, 0.1, DecayOn.ALL),
            new RmsProp(0.99, 1e-8, 0.1, DecayOn.ALL),
            new Lion(0.99, 0.1, DecayOn.ALL),
            new Lamb(0.999, 1e-6, 0.1, DecayOn.ALL),
            new Lars(0.1, 0.1, DecayOn.ALL),
            new Muon(0.1, 0.015, 0.9, 0.95, 1e-10, DecayOn.ALL))) {
      float[] weights = ones();
      optimiser.rule(layout()).update(weights, ones(), HYPER.with(Map.of(BODY, 0.0)));
      for (Layout.Part part : layout().parts()) {
        float[] values = Arrays.copyOfRange(weights, part.offset(), part.end());
        if (part.group().equals(BODY)) {
          assertThat(values).as(part.name()).containsOnly(1);
        } else {
          assertThat(values).as(part.name()).doesNotContain(1);
        }
      }
    }
  }

  private static void memory() {
    for (Optimiser optimiser : ALL) {
      float[] weights = ones();
      UpdateRule first = optimiser.rule(layout());
      first.update(weights, ones(), HYPER);
      for (NamedTensor tensor : first.state().tensors()) {
        boolean count = tensor.name().startsWith("steps");
        assertThat(tensor.role()).isEqualTo(count ? Role.COUNT : Role.AVERAGE);
        assertThat(tensor.size()).isEqualTo(count ? 1 : weights.length);
      }
      UpdateRule second = optimiser.rule(layout());
      second.restore(first.state());
      float[] copy = weights.clone();
      first.update(weights, ones(), HYPER);
      second.update(copy, ones(), HYPER);
      assertThat(copy).isEqualTo(weights);
    }
    assertThat(PointNetworks.ADAM.rule(layout()).state().tensors())
        .extracting(NamedTensor::name)
        .contains("exp_avg");
    assertThatThrownBy(
            () ->
                PointNetworks.SGD.rule(layout()).restore(PointNetworks.ADAM.rule(layout()).state()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void values() throws Exception {
    for (Class<?> optimiser : Optimiser.class.getPermittedSubclasses()) {
      assertThat(sources.text("TenStepsTest"))
          .containsPattern("new (Optimiser\\.)?" + optimiser.getSimpleName() + "\\(");
    }
  }

  private void dl4jSpark() throws Exception {
    SparkAveraging averaging = new Dl4jEngine().averaging().orElseThrow();
    Schedule steady = new Constant(1, 0.1, 0.9);
    for (Optimiser optimiser : ALL) {
      assertThat(averaging.problems(optimiser, steady)).isEmpty();
    }
    assertThat(averaging.problems(new Optimiser.Sgd(0.1, false), steady))
        .extracting(Problem::where)
        .containsExactly("optimiser.sgd.weight-decay");
    assertThat(averaging.difference(PointNetworks.SGD, steady)).isPresent();
    for (Class<?> optimiser : Optimiser.class.getPermittedSubclasses()) {
      assertThat(sources.text("UpdatersTest")).contains(optimiser.getSimpleName() + ".class");
    }
  }

  private static void goldenFiles() throws Exception {
    ChoiceRules.assertDefault("train.optimiser.adam.beta2 = 0.999");
    ChoiceRules.assertFlags("train --beta2", "train --optimiser.adam.beta2");
  }

  private static Layout layout() {
    return Layout.of(PointNetworks.network().tensors()).grouped(Map.of(BODY, List.of("hidden")));
  }

  private static float[] ones() {
    float[] ones = new float[layout().size()];
    Arrays.fill(ones, 1);
    return ones;
  }
}
