package io.millrace.jobs.schedule;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Share;
import io.millrace.pipeline.job.Variant;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Learning rate and momentum over a training: a number of epochs, divided into segments. Written
 * {@code schedule { one-cycle { .. } }}.
 */
public sealed interface Schedule extends Serializable {
  /** The training's length in epochs, above 0; it may end in the middle of one. */
  double epochs();

  /** Its segments in their order, at least one; the last ends at 1. */
  List<Segment> segments();

  /** How it is written in a pipeline file, e.g. {@code one-cycle}. */
  String name();

  /** The key, below that of the schedule itself, that sets the learning rate. */
  default String learningRateKey() {
    return name() + ".lr";
  }

  /** The key, below that of the schedule itself, that sets the momentum. */
  default String momentumKey() {
    return name() + ".momentum";
  }

  /**
   * The hyper-parameters after a fraction of the training's examples.
   *
   * @param fraction examples seen / all examples of all epochs, 0..1
   */
  default Hyper at(double fraction) {
    List<Segment> all = segments();
    double begin = 0;
    int number = 0;
    while (number < all.size() - 1 && fraction >= all.get(number).end()) {
      begin = all.get(number).end();
      number++;
    }
    Segment segment = all.get(number);
    return segment.at((fraction - begin) / (segment.end() - begin));
  }

  /** The highest momentum that it takes, 0..1. */
  default double highestMomentum() {
    return momenta().max().orElseThrow();
  }

  /** The lowest momentum that it takes, 0..1. */
  default double lowestMomentum() {
    return momenta().min().orElseThrow();
  }

  private DoubleStream momenta() {
    return segments().stream()
        .flatMapToDouble(it -> DoubleStream.of(it.momentum().from(), it.momentum().to()));
  }

  /** The same values throughout. */
  @Variant(
      value = "constant",
      summary = "The same learning rate and momentum throughout.",
      example = "schedule { constant { epochs = 5, lr = 0.05 } }")
  record Constant(
      @Key(value = "how many epochs to train; fractions are allowed, e.g. 2.5", min = 0.001)
          double epochs,
      @Key(value = "learning rate", min = 0) double lr,
      @Key(value = "momentum (Adam: beta 1)", or = "0.9", min = 0, max = 1) double momentum)
      implements Schedule {
    @Override
    public List<Segment> segments() {
      return List.of(new Segment(1, Annealing.constant(lr), Annealing.constant(momentum)));
    }

    @Override
    public String name() {
      return "constant";
    }
  }

  /**
   * One-cycle (Smith 2018, "A disciplined approach to neural network hyper-parameters") in
   * fast.ai's cosine form: over the warm-up the learning rate rises from {@code lr / div} to {@code
   * lr} along half a cosine, then falls to {@code lr / finalDiv}; momentum goes the other way, from
   * the highest to the lowest and back. PyTorch's {@code OneCycleLR} with its defaults is the same
   * curve with {@code warm-up = 30%} and {@code final-div = 2.5e5}.
   */
  @Variant(
      value = "one-cycle",
      summary =
          "The learning rate rises and then falls along half cosines, the momentum the other way.",
      example = "schedule { one-cycle { epochs = 5, lr = 0.2 } }")
  record OneCycle(
      @Key(value = "how many epochs to train; fractions are allowed, e.g. 2.5", min = 0.001)
          double epochs,
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
    public OneCycle(double epochs, double lr, List<Double> momentum) {
      this(epochs, lr, momentum, new Share(0.25), 25, 1e5);
    }

    @Override
    public List<Segment> segments() {
      double rise = warmUp.fraction();
      double high = momentum.get(0);
      double low = momentum.get(1);
      List<Segment> segments = new ArrayList<>();
      if (rise > 0) {
        segments.add(
            new Segment(rise, Annealing.cosine(lr / div, lr), Annealing.cosine(high, low)));
      }
      if (rise < 1) {
        segments.add(
            new Segment(1, Annealing.cosine(lr, lr / finalDiv), Annealing.cosine(low, high)));
      }
      return segments;
    }

    @Override
    public String name() {
      return "one-cycle";
    }
  }
}
