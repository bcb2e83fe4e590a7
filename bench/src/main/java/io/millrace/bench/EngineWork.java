package io.millrace.bench;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.engine.Precision;
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
    Precision precision,
    double target) {
  static final String SGD = "sgd";
  static final String ADAMW = "adamw";

  private static final int CHANNELS = 3;
  private static final int FEW = 8;
  private static final int SMALL = 32;
  private static final double RATE = 5e-3;

  /** Training steps with SGD. */
  static EngineWork training(
      String name,
      String network,
      Architecture architecture,
      int batch,
      int side,
      int classes,
      double target) {
    return new EngineWork(
        name,
        "training steps of " + network,
        Kind.TRAIN,
        architecture,
        batch,
        side,
        classes,
        SGD,
        Precision.FP32,
        target);
  }

  /** The same in another precision. */
  EngineWork in(Precision other, double otherTarget) {
    String text = other.text();
    return new EngineWork(
        name + "-" + text,
        what + " in " + text + " (the reference in fp32)",
        kind,
        architecture,
        batch,
        side,
        classes,
        optimiser,
        other,
        otherTarget);
  }

  /** Updates alone, with a gradient of few small pictures. */
  static EngineWork update(
      String optimiser, String network, Architecture architecture, double target) {
    return new EngineWork(
        optimiser,
        "updates of " + network + " by " + optimiser,
        Kind.UPDATE,
        architecture,
        FEW,
        SMALL,
        Load.CLASSES,
        optimiser,
        Precision.FP32,
        target);
  }

  /** Predictions. */
  static EngineWork prediction(
      String name,
      String network,
      Architecture architecture,
      int batch,
      int side,
      int classes,
      double target) {
    return new EngineWork(
        name,
        "predictions of " + network,
        Kind.PREDICT,
        architecture,
        batch,
        side,
        classes,
        SGD,
        Precision.FP32,
        target);
  }

  /** What is measured, with the minibatch's size. */
  String what(int batchNow) {
    return kind == Kind.UPDATE
        ? what
        : "%s, minibatches of %d x 3 x %d x %d".formatted(what, batchNow, side, side);
  }

  Blueprint blueprint() {
    return architecture.blueprint(CHANNELS, side, side, classes);
  }

  /** Small, so that rounding does not grow from step to step. */
  double learningRate() {
    return RATE;
  }

  /** How far the figures of both sides may be apart, as a share. */
  double tolerance() {
    return precision == Precision.FP32 ? 5e-3 : 5e-2;
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
