package io.millrace.jobs.schedule;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * Cosine cycles with restarts (Loshchilov and Hutter 2017, "SGDR: stochastic gradient descent with
 * warm restarts") as fast.ai has them (course of 2018, lesson 13): the first cycle begins with a
 * twentieth at a hundredth of the rate, and each cycle is longer than the one before by a factor.
 */
@Variant(
    value = "sgdr",
    summary = "Cosine cycles, each from the full learning rate to 0.",
    example = "schedule { sgdr { cycles = 3, length = 1, multiplier = 2, lr = 0.1 } }")
public record Sgdr(
    @Key(value = "how many cycles", min = 1, max = 1000) int cycles,
    @Key(value = "epochs of the first cycle", or = "1", min = 0.001) double length,
    @Key(value = "each cycle's length / the one before", or = "1", min = 0.001) double multiplier,
    @Key(value = "learning rate at each cycle's beginning", min = 0) double lr,
    @Key(value = "momentum (Adam: beta 1)", or = "0.9", min = 0, max = 1) double momentum)
    implements Schedule {
  private static final double START = 0.05;
  private static final double SMALL = 100;

  @Override
  public double epochs() {
    double epochs = 0;
    for (int cycle = 0; cycle < cycles; cycle++) {
      epochs += length(cycle);
    }
    return epochs;
  }

  private double length(int cycle) {
    return length * Math.pow(multiplier, cycle);
  }

  @Override
  public List<Segment> segments() {
    Annealing steady = Annealing.constant(momentum);
    Annealing fall = Annealing.cosine(lr, 0);
    Segments segments =
        new Segments()
            .add(length * START, Annealing.constant(lr / SMALL), steady)
            .add(length * (1 - START), fall, steady);
    for (int cycle = 1; cycle < cycles; cycle++) {
      segments.add(length(cycle), fall, steady);
    }
    return segments.all();
  }

  @Override
  public String name() {
    return "sgdr";
  }
}
