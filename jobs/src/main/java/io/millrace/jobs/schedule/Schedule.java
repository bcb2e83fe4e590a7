package io.millrace.jobs.schedule;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.io.Serializable;
import java.util.List;

/** Learning rate and momentum over a training. Written {@code schedule { one-cycle { .. } }}. */
public sealed interface Schedule extends Serializable {
  /** The training's length in epochs. */
  int epochs();

  /**
   * The hyper-parameters after a fraction of the training's images.
   *
   * @param fraction images seen / all images of all epochs, 0..1
   */
  Hyper at(double fraction);

  /** The same values throughout. */
  @Variant("constant")
  record Constant(
      @Key(value = "how many epochs to train", min = 1) int epochs,
      @Key(value = "learning rate", min = 0) double lr,
      @Key(value = "momentum (Adam: beta 1)", or = "0.9", min = 0, max = 1) double momentum)
      implements Schedule {
    @Override
    public Hyper at(double fraction) {
      return new Hyper(lr, momentum);
    }
  }

  /** One-cycle (Smith 2018; fast.ai lessons 12 and 18). */
  @Variant("one-cycle")
  record OneCycle(
      @Key(value = "how many epochs to train", min = 1) int epochs,
      @Key(value = "highest learning rate", min = 0) double lr,
      @Key(value = "highest and lowest momentum (Adam: beta 1)", or = "[0.95, 0.85]")
          List<Double> momentum)
      implements Schedule {
    @Override
    public Hyper at(double fraction) {
      throw new UnsupportedOperationException();
    }
  }
}
