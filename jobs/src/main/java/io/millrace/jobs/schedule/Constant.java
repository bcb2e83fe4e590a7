package io.millrace.jobs.schedule;

import io.millrace.pipeline.job.Extent;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/** The same learning rate and momentum throughout, after a warm-up if there is one. */
@Variant(
    value = "constant",
    summary = "The same learning rate and momentum throughout.",
    example = "schedule { constant { epochs = 5, lr = 0.05 } }")
public record Constant(
    @Key(value = "how many epochs to train; fractions are allowed, e.g. 2.5", min = 0.001)
        double epochs,
    @Key(value = "learning rate", min = 0) double lr,
    @Key(value = "momentum (Adam: beta 1)", or = "0.9", min = 0, max = 1) double momentum,
    @Key(
            value =
                "epochs, or share such as 5%, in which the learning rate first rises from 0 in a straight line",
            or = "0%")
        Extent warmUp)
    implements Schedule {
  /**
   * @throws IllegalArgumentException if the warm-up leaves nothing of the training
   */
  public Constant {
    WarmUp.check(warmUp, epochs);
  }

  /** Without a warm-up. */
  public Constant(double epochs, double lr, double momentum) {
    this(epochs, lr, momentum, Extent.NONE);
  }

  @Override
  public List<Segment> segments() {
    double rise = WarmUp.epochs(warmUp, epochs);
    Annealing steady = Annealing.constant(momentum);
    return new Segments()
        .add(rise, Annealing.linear(0, lr), steady)
        .add(epochs - rise, Annealing.constant(lr), steady)
        .all();
  }

  @Override
  public String name() {
    return "constant";
  }
}
