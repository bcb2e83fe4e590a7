package io.millrace.jobs.schedule;

import io.millrace.pipeline.job.Extent;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * The learning rate is multiplied by a factor every few epochs, as {@code
 * torch.optim.lr_scheduler.StepLR}; the epochs of a warm-up count.
 */
@Variant(
    value = "step",
    summary = "The learning rate falls by a factor every few epochs.",
    example = "schedule { step { epochs = 90, lr = 0.1, every = 30, by = 0.1 } }")
public record Step(
    @Key(value = "how many epochs to train; fractions are allowed, e.g. 2.5", min = 0.001)
        double epochs,
    @Key(value = "first learning rate", min = 0) double lr,
    @Key(value = "epochs between two steps", min = 0.001) double every,
    @Key(value = "factor of each step", or = "0.1", min = 0, max = 1) double by,
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
  public Step {
    WarmUp.check(warmUp, epochs);
  }

  @Override
  public List<Segment> segments() {
    double rise = WarmUp.epochs(warmUp, epochs);
    Annealing steady = Annealing.constant(momentum);
    Segments segments = new Segments().add(rise, Annealing.linear(0, rate(rise)), steady);
    double begin = rise;
    while (begin < epochs) {
      long done = stepsAt(begin);
      double end = Math.min(epochs, (done + 1) * every);
      segments.add(end - begin, Annealing.constant(lr * Math.pow(by, (double) done)), steady);
      begin = end;
    }
    return segments.all();
  }

  private double rate(double epoch) {
    return lr * Math.pow(by, (double) stepsAt(epoch));
  }

  private long stepsAt(double epoch) {
    long steps = (long) (epoch / every);
    // The quotient may be rounded to below the whole number that it is.
    return (steps + 1) * every <= epoch ? steps + 1 : steps;
  }

  @Override
  public String name() {
    return "step";
  }
}
