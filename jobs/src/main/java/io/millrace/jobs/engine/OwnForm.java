package io.millrace.jobs.engine;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.tensor.State;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The file in which an engine's library keeps a trained network, for programs that use it. */
public interface OwnForm {
  /**
   * Writes a classifier, which ends in a softmax; the same bytes for the same values.
   *
   * @param blueprint that the engine supports, with logits as its one output
   * @param weights of the blueprint's names and shapes
   * @param mean per channel on the 0..1 scale
   * @param std per channel on the 0..1 scale, never 0
   * @throws io.millrace.pipeline.CannotException if the engine does not run on this machine
   * @throws IllegalArgumentException if the library alone would not read it; the message says why
   */
  void write(
      Blueprint blueprint, State weights, List<Double> mean, List<Double> std, OutputStream out)
      throws IOException;
}
