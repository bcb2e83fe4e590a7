package io.millrace.jobs.schedule;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * fast.ai's {@code use_clr} (course of 2018): the learning rate rises from {@code lr / div} in a
 * straight line over one {@code cut}-th of the training, then falls back to {@code lr / div}: the
 * slanted triangle of Howard and Ruder 2018, "Universal language model fine-tuning".
 */
@Variant(
    value = "use-clr",
    summary = "A slanted triangle: a short rise of the learning rate, then a long fall.",
    example = "schedule { use-clr { epochs = 30, lr = 1.3, div = 20, cut = 20 } }")
public record UseClr(
    @Key(value = "how many epochs to train; fractions are allowed, e.g. 2.5", min = 0.001)
        double epochs,
    @Key(value = "highest learning rate", min = 0) double lr,
    @Key(value = "highest learning rate / first and last one", or = "32", min = 1) double div,
    @Key(value = "the whole training / its rise", or = "10", min = 1) double cut,
    @Key(value = "momentum (Adam: beta 1)", or = "0.9", min = 0, max = 1) double momentum)
    implements Schedule {
  @Override
  public List<Segment> segments() {
    double rise = epochs / cut;
    Annealing steady = Annealing.constant(momentum);
    return new Segments()
        .add(rise, Annealing.linear(lr / div, lr), steady)
        .add(epochs - rise, Annealing.linear(lr, lr / div), steady)
        .all();
  }

  @Override
  public String name() {
    return "use-clr";
  }
}
