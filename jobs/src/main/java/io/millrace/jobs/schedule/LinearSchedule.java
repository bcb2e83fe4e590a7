package io.millrace.jobs.schedule;

import io.millrace.pipeline.job.Extent;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * The learning rate goes from one value to another in a straight line, to 0 if no end is given,
 * after a warm-up if there is one.
 */
@Variant(
    value = "linear",
    summary = "The learning rate falls in a straight line, to 0 if no end is given.",
    example = "schedule { linear { epochs = 5, lr = [0.1, 0] } }")
public record LinearSchedule(
    @Key(value = "how many epochs to train; fractions are allowed, e.g. 2.5", min = 0.001)
        double epochs,
    @Key("learning rate, or [first, last]; the last is 0 if not given") List<Double> lr,
    @Key(value = "momentum (Adam: beta 1)", or = "0.9", min = 0, max = 1) double momentum,
    @Key(
            value =
                "epochs, or share such as 5%, in which the learning rate first rises from 0 in a straight line",
            or = "0%")
        Extent warmUp)
    implements Schedule {
  /**
   * @throws IllegalArgumentException if the learning rate is not one or two numbers of at least 0,
   *     or the warm-up leaves nothing of the training
   */
  public LinearSchedule {
    lr = Rates.learningRate(lr);
    WarmUp.check(warmUp, epochs);
  }

  @Override
  public List<Segment> segments() {
    double rise = WarmUp.epochs(warmUp, epochs);
    double first = Rates.first(lr);
    Annealing steady = Annealing.constant(momentum);
    return new Segments()
        .add(rise, Annealing.linear(0, first), steady)
        .add(epochs - rise, Annealing.linear(first, Rates.last(lr, 0)), steady)
        .all();
  }

  @Override
  public String name() {
    return "linear";
  }
}
