package io.millrace.jobs.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.optimiser.AdamW;
import io.millrace.jobs.optimiser.DecayOn;
import io.millrace.jobs.optimiser.Lamb;
import io.millrace.jobs.optimiser.Lars;
import io.millrace.jobs.optimiser.Lion;
import io.millrace.jobs.optimiser.Muon;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.optimiser.RmsProp;
import io.millrace.jobs.schedule.Constant;
import io.millrace.jobs.schedule.Schedule;
import io.millrace.pipeline.Problem;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.IUpdater;

/** What Deeplearning4j's own averaging makes of our optimisers. */
class UpdatersTest {
  private static final Set<Class<?>> TRANSLATED = Set.of(Optimiser.Sgd.class, Optimiser.Adam.class);
  private static final Set<Class<?>> REFUSED =
      Set.of(AdamW.class, RmsProp.class, Lion.class, Lamb.class, Lars.class, Muon.class);
  private static final Schedule STEADY = new Constant(1, 0.1, 0.9);

  /** One that is added later must be translated here, or refused when planning. */
  @Test
  void translatesEveryOptimiser() {
    for (Class<?> optimiser : Optimiser.class.getPermittedSubclasses()) {
      assertThat(TRANSLATED.contains(optimiser) ^ REFUSED.contains(optimiser))
          .as("this test knows %s", optimiser)
          .isTrue();
    }
    for (Optimiser optimiser :
        List.of(new Optimiser.Sgd(0, false), new Optimiser.Adam(0.999, 1e-8, 0, false))) {
      assertThat(Updaters.has(optimiser)).isTrue();
      assertThat(new Dl4jSparkAveraging().problems(optimiser, STEADY)).isEmpty();
      IUpdater updater = Updaters.updater(optimiser, STEADY, 0, List.of(STEADY.at(0)));
      assertThat(updater.getClass().getSimpleName())
          .isEqualTo(optimiser instanceof Optimiser.Adam ? "Adam" : "Nesterovs");
    }
  }

  @Test
  void whatDeeplearning4jHasNotIsRefusedInThePlan() {
    for (Optimiser optimiser :
        List.of(
            new AdamW(0.999, 1e-8, 0.01, DecayOn.ALL),
            new RmsProp(0.99, 1e-8, 0, DecayOn.ALL),
            new Lion(0.99, 0, DecayOn.ALL),
            new Lamb(0.999, 1e-6, 0, DecayOn.ALL),
            new Lars(0.001, 0, DecayOn.ALL),
            new Muon(0, 0.015, 0.9, 0.95, 1e-10, DecayOn.ALL))) {
      assertThat(new Dl4jSparkAveraging().problems(optimiser, STEADY))
          .extracting(Problem::message)
          .containsExactly(
              "dl4j-spark can do only Deeplearning4j's sgd and adam; take one of them or"
                  + " averaging.by = millrace");
    }
    assertThat(
            new Dl4jSparkAveraging()
                .problems(new Optimiser.Sgd(0, false, true, DecayOn.ALL), STEADY))
        .extracting(Problem::where)
        .containsExactly("optimiser.sgd.dampened");
  }
}
