package io.millrace.jobs.train;

import static io.millrace.jobs.train.PhaseData.flags;
import static io.millrace.jobs.train.PhaseData.parameters;
import static io.millrace.jobs.train.PhaseData.plan;
import static io.millrace.jobs.train.PhaseData.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.averaging.TrainingPhase;
import io.millrace.jobs.learner.Supervised;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.spec.Canonical;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Losses, clipping, and layers with rates of their own, from the keys to the weights. */
@ExtendWith(PhaseData.class)
class FittingTest {
  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  private static Map<String, String> shortly(Map<String, String> changed) {
    Map<String, String> flags = new HashMap<>(changed);
    flags.putIfAbsent("schedule", "{ constant { epochs = 0.5, lr = 0.1 } }");
    return flags("", flags);
  }

  @Test
  void everyKeyChangesTheWeights() throws Exception {
    Map<String, String> tried = new HashMap<>();
    tried.put("plain", run(new TrainJob(), shortly(Map.of()), "plain").digest());
    List<List<String>> keys =
        List.of(
            List.of("clip", "{ norm = 0.01 }"),
            List.of("clip", "{ value = 1e-4 }"),
            List.of("loss", "{ cross-entropy { label-smoothing = 0.3 } }"),
            List.of("loss", "{ cross-entropy { class-weights = [1, 5, 2] } }"),
            List.of("loss", "{ focal { gamma = 3 } }"),
            List.of("groups", "[{ layers = [%s], factor = 0.1 }]".formatted(first())),
            List.of("freeze", "[%s]".formatted(first())),
            List.of("optimiser", "{ sgd { dampened = true } }"),
            List.of("optimiser", "lion"),
            List.of("optimiser", "muon"));
    for (List<String> key : keys) {
      String name = "fitting" + tried.size();
      tried.put(
          key.toString(),
          run(new TrainJob(), shortly(Map.of(key.get(0), key.get(1))), name).digest());
    }
    assertThat(tried.values()).doesNotHaveDuplicates();
  }

  @Test
  void reportsShowTheirValuesAndFingerprintsLeaveDefaultsOut() {
    TrainParameters plain = parameters(flags("", Map.of()));
    assertThat(Canonical.inFull(plain)).containsKeys("clip", "loss", "groups", "freeze");
    assertThat(Canonical.of(plain)).doesNotContainKeys("clip", "loss", "groups", "freeze");
    assertThat(Canonical.of(parameters(flags("", Map.of("clip", "{ norm = 1 }")))))
        .containsKey("clip");
  }

  /** The first layer of the network. */
  private static String first() {
    return layers().iterator().next();
  }

  private static Set<String> layers() {
    Supervised learner = (Supervised) plan(flags("")).last().learner();
    Set<String> layers = new TreeSet<>();
    learner.blueprint().tensors().forEach(it -> layers.add(it.name().split("\\.", 2)[0]));
    return layers;
  }

  @Test
  void phasesMayFreezeOtherLayers() {
    String phases =
        "[{ epochs = 1 }, { epochs = 1, freeze = [] }, { epochs = 1, freeze = [%s, %s] }]"
            .formatted(layers().toArray());
    Map<String, String> flags = flags(phases, Map.of("freeze", "[" + first() + "]"));
    List<TrainingPhase> planned = plan(flags).phases();
    assertThat(planned)
        .extracting(phase -> new TreeSet<>(phase.rates().values()))
        .containsExactly(
            new TreeSet<>(List.of(0.0, 1.0)),
            new TreeSet<>(List.of(1.0)),
            new TreeSet<>(List.of(0.0)));
    assertThat(planned)
        .extracting(phase -> ((Supervised) phase.learner()).groups())
        .containsOnly(((Supervised) planned.get(0).learner()).groups());
  }

  @Test
  void layersThatAreNotThereAreReportedInThePlan() {
    assertRefused(
        flags("", Map.of("groups", "[{ layers = [nowhere], factor = 0.1 }]")),
        "groups: no layer is named nowhere or begins with it; there are ");
    assertRefused(
        flags(
            "",
            Map.of(
                "groups",
                "[{ layers = [%1$s], factor = 0.1 }, { layers = [%1$s], factor = 0.2 }]"
                    .formatted(first()))),
        "groups: two groups claim " + first());
    assertRefused(flags("", Map.of("freeze", "[nowhere]")), "freeze: no layer is named nowhere");
    assertRefused(
        flags("[{ epochs = 1 }, { epochs = 2, freeze = [nowhere] }]"),
        "phases: in phase 2, no layer is named nowhere");
  }

  private static void assertRefused(Map<String, String> flags, String... messages) {
    assertThatThrownBy(() -> parameters(flags))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(messages);
  }

  @Test
  void averagingByDeeplearning4jRefusesThem() {
    Map<String, String> flags = new HashMap<>();
    flags.put("averaging", "{ by = dl4j-spark }");
    flags.put("clip", "{ norm = 1 }");
    flags.put("loss", "{ focal {} }");
    flags.put("groups", "[{ layers = [%s], factor = 0.1 }]".formatted(first()));
    flags.put("freeze", "[%s]".formatted(first()));
    assertRefused(
        flags("", flags),
        "loss: dl4j-spark trains with plain cross-entropy alone; leave out this key",
        "clip: dl4j-spark",
        "groups: dl4j-spark",
        "freeze: dl4j-spark");
  }

  @Test
  void classWeightsMustBeOneForEachClass() {
    assertThatThrownBy(
            () -> plan(shortly(Map.of("loss", "{ cross-entropy { class-weights = [1, 2] } }"))))
        .isInstanceOf(CannotException.class)
        .hasMessage(
            "Cannot train: loss.cross-entropy.class-weights has 2 numbers and the dataset 3"
                + " classes; give one for each class");
  }
}
