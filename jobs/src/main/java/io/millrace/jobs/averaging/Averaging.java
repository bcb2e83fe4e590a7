package io.millrace.jobs.averaging;

import io.millrace.pipeline.job.Key;
import java.io.Serializable;
import java.util.Optional;

/**
 * When workers meet, and who averages.
 *
 * @param every minibatches that each worker fits in a round
 * @param by who averages; empty for Millrace
 */
public record Averaging(
    @Key(value = "minibatches of each worker between two averagings", or = "8", min = 1) int every,
    @Key(
            "who runs the rounds: millrace, or Deeplearning4j's own ParameterAveragingTrainingMaster"
                + " (dl4j-spark), to compare with (default: millrace)")
        Optional<By> by)
    implements Serializable {
  /** Who averages. */
  public enum By {
    /** Averaging rounds of Millrace's own, the same for every engine. */
    MILLRACE,
    /** Deeplearning4j on Spark. */
    DL4J_SPARK
  }

  /** Takes the default for nothing said. */
  public Averaging {
    by = by.filter(named -> named != By.MILLRACE);
  }

  /** By Millrace. */
  public Averaging(int every) {
    this(every, Optional.empty());
  }

  /** Who averages. */
  public By who() {
    return by.orElse(By.MILLRACE);
  }
}
