package io.millrace.jobs.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.schedule.Constant;
import io.millrace.jobs.schedule.Schedule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.IUpdater;

/** What Deeplearning4j's own averaging makes of our optimisers. */
class UpdatersTest {
  private static final Set<Class<?>> TRANSLATED = Set.of(Optimiser.Sgd.class, Optimiser.Adam.class);
  private static final Schedule STEADY = new Constant(1, 0.1, 0.9);

  /** One that is added later must be translated here, or refused when planning. */
  @Test
  void translatesEveryOptimiser() {
    for (Class<?> optimiser : Optimiser.class.getPermittedSubclasses()) {
      assertThat(TRANSLATED).as("optimisers that this test knows").contains(optimiser);
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
}
