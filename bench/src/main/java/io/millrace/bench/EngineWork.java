package io.millrace.bench;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import java.util.Locale;

/**
 * A row of the benchmark {@code engines}.
 *
 * @param name for {@code --only}
 * @param what it does, for people
 * @param kind what is timed
 * @param architecture of the network
 * @param batch pictures in the minibatch
 * @param side of the pictures, in pixels
 * @param classes that the network tells apart
 * @param optimiser {@link #SGD} with momentum, or {@link #ADAMW}
 * @param precision of ours; the reference's is FP32
 * @param target of the rate, as a share of the reference's
 */
record EngineWork(
    String name,
    String what,
    Kind kind,
    Architecture architecture,
    int batch,
    int side,
    int classes,
    String optimiser,
    EnginePrecision precision,
    double target) {
  static final String SGD = "sgd";
  static final String ADAMW = "adamw";

  private static final int CHANNELS = 3;
  private static final double SMALL_RATE = 1e-3;

  Blueprint blueprint() {
    return architecture.blueprint(CHANNELS, side, side, classes);
  }

  /** For SGD that of the whole job; a small one for AdamW, where no step may be lost in rounding. */
  double learningRate() {
    return optimiser.equals(SGD) ? Load.LEARNING_RATE : SMALL_RATE;
  }

  /** How far the figures of both sides may be apart, as a share. */
  double tolerance() {
    return precision == EnginePrecision.FP32 ? 5e-3 : 5e-2;
  }

  /** What counts as one in a rate: pictures, or updates. */
  String unit() {
    return kind == Kind.UPDATE ? "updates/s" : "images/s";
  }

  /** How many of these a step does. */
  int perStep(int batchNow) {
    return kind == Kind.UPDATE ? 1 : batchNow;
  }

  /** What is timed. */
  enum Kind {
    /** Forward pass, loss, backward pass and update. */
    TRAIN,
    /** The update alone. */
    UPDATE,
    /** A forward pass in prediction mode and softmax. */
    PREDICT;

    /** As the reference's script calls it. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
