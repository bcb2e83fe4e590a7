package io.millrace.jobs.averaging;

import io.millrace.pipeline.job.Key;
import java.io.Serializable;

/**
 * When workers meet, and who averages.
 *
 * @param every minibatches that each worker fits in a round
 * @param by who averages
 */
public record Averaging(
    @Key(
            value = "how many minibatches each worker fits between two averagings",
            or = "8",
            min = 1,
            counts = "minibatches of each worker")
        int every,
    @Key(
            value =
                "who runs the rounds: millrace, or Deeplearning4j's own"
                    + " ParameterAveragingTrainingMaster (dl4j-spark), to compare with",
            or = "millrace")
        By by)
    implements Serializable {
  /** Who averages. */
  public enum By {
    /** Averaging rounds of Millrace's own, the same for every engine. */
    MILLRACE,
    /** Deeplearning4j on Spark. */
    DL4J_SPARK
  }

  /** By Millrace. */
  public Averaging(int every) {
    this(every, By.MILLRACE);
  }
}
