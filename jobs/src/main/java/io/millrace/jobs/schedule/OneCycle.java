package io.millrace.jobs.schedule;

import io.millrace.pipeline.job.Extent;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.ArrayList;
import java.util.List;

/**
 * One-cycle (Smith 2018, "A disciplined approach to neural network hyper-parameters").
 *
 * <p>In fast.ai's cosine form, the learning rate rises over the warm-up from {@code lr / div} to
 * {@code lr} along half a cosine, then falls to {@code lr / finalDiv}; momentum goes the other way,
 * from the highest to the lowest and back. PyTorch's {@code OneCycleLR} with its defaults is the
 * same curve with {@code warm-up = 30%} and {@code final-div = 2.5e5}.
 *
 * <p>In the linear form of fast.ai's course of 2018 (lessons 12 and 13, {@code use_clr_beta}), the
 * rate rises and falls in straight lines of equal length between {@code lr / div} and {@code lr},
 * and over the last {@code pct} percent of the training to {@code lr / (100 div)}.
 */
@Variant(
    value = "one-cycle",
    summary =
        "The learning rate rises and then falls along half cosines, the momentum the other way.",
    example = "schedule { one-cycle { epochs = 5, lr = 0.2 } }")
public record OneCycle(
    @Key(value = "how many epochs to train; fractions are allowed, e.g. 2.5", min = 0.001)
        double epochs,
    @Key(value = "highest learning rate", min = 0) double lr,
    @Key(value = "highest and lowest momentum (Adam: beta 1)", or = "[0.95, 0.85]")
        List<Double> momentum,
    @Key(
            value = "epochs, or share, in which the learning rate rises; of shape = cosine",
            or = "25%")
        Extent warmUp,
    @Key(value = "highest learning rate / first one", or = "25", min = 1) double div,
    @Key(value = "highest learning rate / last one; of shape = cosine", or = "1e5", min = 1)
        double finalDiv,
    @Key(value = "the form of rise and fall: cosine or linear", or = "cosine") Shape shape,
    @Key(
            value =
                "percent of the training at its end, in which the rate falls to lr / (100 div); of"
                    + " shape = linear",
            or = "10",
            min = 0,
            max = 99)
        double pct)
    implements Schedule {
  private static final double PERCENT = 100;
  private static final double LAST_DIV = 100;
  private static final Extent WARM_UP = Extent.share(0.25);
  private static final double DIV = 25;
  private static final double FINAL_DIV = 1e5;
  private static final double PCT = 10;

  /** The form of rise and fall. */
  public enum Shape {
    /** Half cosines, of which the second is longer. */
    COSINE,
    /** Straight lines: two of equal length, then a short last one. */
    LINEAR
  }

  /**
   * @throws IllegalArgumentException if momentum is not two numbers of 0..1, highest first, the
   *     warm-up is longer than the training, or a key belongs to the other shape
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
    if (warmUp.shareOf(epochs) > 1) {
      throw new IllegalArgumentException(
          "Cannot warm up for %s epochs: the training has %s; give fewer, or a share such as 25%%"
              .formatted(Numbers.of(warmUp.amount()), Numbers.of(epochs)));
    }
    if (shape == Shape.LINEAR && (!warmUp.equals(WARM_UP) || finalDiv != FINAL_DIV)) {
      throw new IllegalArgumentException(
          "Cannot take warm-up or final-div with shape = linear: there the last part is set by pct");
    }
    if (shape == Shape.COSINE && pct != PCT) {
      throw new IllegalArgumentException(
          "Cannot take pct with shape = cosine: there the rise is set by warm-up");
    }
  }

  /** With fast.ai's defaults for all else. */
  public OneCycle(double epochs, double lr, List<Double> momentum) {
    this(epochs, lr, momentum, WARM_UP, DIV, FINAL_DIV);
  }

  /** In the cosine form. */
  public OneCycle(
      double epochs, double lr, List<Double> momentum, Extent warmUp, double div, double finalDiv) {
    this(epochs, lr, momentum, warmUp, div, finalDiv, Shape.COSINE, PCT);
  }

  @Override
  public List<Segment> segments() {
    return shape == Shape.COSINE ? cosine() : linear();
  }

  private List<Segment> cosine() {
    double rise = warmUp.shareOf(epochs);
    double high = momentum.get(0);
    double low = momentum.get(1);
    List<Segment> segments = new ArrayList<>();
    if (rise > 0) {
      segments.add(new Segment(rise, Annealing.cosine(lr / div, lr), Annealing.cosine(high, low)));
    }
    if (rise < 1) {
      segments.add(
          new Segment(1, Annealing.cosine(lr, lr / finalDiv), Annealing.cosine(low, high)));
    }
    return segments;
  }

  private List<Segment> linear() {
    double last = epochs * pct / PERCENT;
    double half = (epochs - last) / 2;
    double high = momentum.get(0);
    double low = momentum.get(1);
    double small = lr / div;
    return new Segments()
        .add(half, Annealing.linear(small, lr), Annealing.linear(high, low))
        .add(half, Annealing.linear(lr, small), Annealing.linear(low, high))
        .add(last, Annealing.linear(small, small / LAST_DIV), Annealing.constant(high))
        .all();
  }

  @Override
  public String name() {
    return "one-cycle";
  }
}
