package io.millrace.jobs.schedule;

import io.millrace.jobs.optimiser.Hyper;
import java.io.Serializable;

/**
 * A part of a schedule.
 *
 * @param end where it ends, as a share of all examples of the training, 0..1; it begins where the
 *     one before it ends
 * @param learningRate over it
 * @param momentum over it; for Adam it is beta 1
 */
public record Segment(double end, Annealing learningRate, Annealing momentum)
    implements Serializable {
  Hyper at(double done) {
    return new Hyper(learningRate.at(done), momentum.at(done));
  }
}
