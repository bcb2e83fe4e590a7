package io.millrace.jobs.schedule;

import io.millrace.jobs.optimiser.Hyper;
import java.io.Serializable;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Learning rate and momentum over a training: a number of epochs, divided into segments. Written
 * {@code schedule { one-cycle { .. } }}.
 */
public sealed interface Schedule extends Serializable
    permits Constant, LinearSchedule, Step, Cosine, OneCycle, UseClr, Sgdr, Phases {
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
}
