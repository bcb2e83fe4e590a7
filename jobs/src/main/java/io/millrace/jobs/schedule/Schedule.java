package io.millrace.jobs.schedule;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Share;
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

  /** The highest momentum that it takes, 0..1. */
  double highestMomentum();

  /** The lowest momentum that it takes, 0..1. */
  double lowestMomentum();

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

    @Override
    public double highestMomentum() {
      return momentum;
    }

    @Override
    public double lowestMomentum() {
      return momentum;
    }
  }

  /**
   * One-cycle (Smith 2018, "A disciplined approach to neural network hyper-parameters") in
   * fast.ai's cosine form: over the warm-up the learning rate rises from {@code lr / div} to {@code
   * lr} along half a cosine, then falls to {@code lr / finalDiv}; momentum goes the other way, from
   * the highest to the lowest and back. PyTorch's {@code OneCycleLR} with its defaults is the same
   * curve with {@code warm-up = 30%} and {@code final-div = 2.5e5}.
   */
  @Variant("one-cycle")
  record OneCycle(
      @Key(value = "how many epochs to train", min = 1) int epochs,
      @Key(value = "highest learning rate", min = 0) double lr,
      @Key(value = "highest and lowest momentum (Adam: beta 1)", or = "[0.95, 0.85]")
          List<Double> momentum,
      @Key(value = "share of the training in which the learning rate rises", or = "25%")
          Share warmUp,
      @Key(value = "highest learning rate / first one", or = "25", min = 1) double div,
      @Key(value = "highest learning rate / last one", or = "1e5", min = 1) double finalDiv)
      implements Schedule {
    /**
     * @throws IllegalArgumentException if momentum is not two numbers of 0..1, highest first
     */
    public OneCycle {
      momentum = List.copyOf(momentum);
      if (momentum.size() != 2
          || momentum.get(0) > 1
          || momentum.get(1) < 0
          || momentum.get(0) < momentum.get(1)) {
        throw new IllegalArgumentException(
            "Cannot take momentum = " + momentum + ": give two numbers of 0..1, the highest first");
      }
    }

    /** With fast.ai's defaults for all else. */
    public OneCycle(int epochs, double lr, List<Double> momentum) {
      this(epochs, lr, momentum, new Share(0.25), 25, 1e5);
    }

    @Override
    public Hyper at(double fraction) {
      double rise = warmUp.fraction();
      double high = momentum.get(0);
      double low = momentum.get(1);
      if (fraction < rise) {
        double done = fraction / rise;
        return new Hyper(cosine(lr / div, lr, done), cosine(high, low, done));
      }
      double done = rise < 1 ? (fraction - rise) / (1 - rise) : 0;
      return new Hyper(cosine(lr, lr / finalDiv, done), cosine(low, high, done));
    }

    @Override
    public double highestMomentum() {
      return momentum.get(0);
    }

    @Override
    public double lowestMomentum() {
      return momentum.get(1);
    }

    private static double cosine(double from, double to, double done) {
      // Exact at the start of a part, where the peak is; StrictMath: the same bits on every JVM.
      return from + (to - from) / 2 * (1 - StrictMath.cos(Math.PI * done));
    }
  }
}
