package io.millrace.jobs.averaging;

import io.millrace.pipeline.job.Key;
import java.io.Serializable;

/**
 * How often the workers' weights are averaged, and by what.
 *
 * @param every how many minibatches each worker fits in a round
 * @param by what runs the rounds
 */
public record Averaging(
    @Key(
            value = "how many minibatches each worker fits before the weights are averaged",
            or = "8",
            min = 1,
            counts = "minibatches of each worker")
        int every,
    @Key(
            value =
                "what averages: millrace, or Deeplearning4j's own"
                    + " ParameterAveragingTrainingMaster (dl4j-spark), to compare with it",
            or = "millrace",
            flag = "by")
        By by)
    implements Serializable {
  /** What runs the rounds. */
  public enum By {
    /** Millrace's own rounds, the same for every engine. */
    MILLRACE,
    /** Deeplearning4j's library for Spark. */
    DL4J_SPARK
  }

  /** Averaging by Millrace. */
  public Averaging(int every) {
    this(every, By.MILLRACE);
  }
}
