package io.millrace.bench;

import java.util.List;

/** How much the training benchmark trains, the same for ours and for the reference. */
final class Load {
  static final List<Integer> CHANNELS = List.of(16, 32, 64, 128, 256);
  static final int CLASSES = 10;
  static final int WORKERS = 2;

  /** Images in a minibatch of one worker. */
  static final int BATCH = 64;

  /** Images in a step of all. */
  static final int STEP = WORKERS * BATCH;

  /** Steps of a round of averaging. */
  static final int EVERY = 8;

  /** Rounds before the timing begins, to warm up compilers and caches. */
  static final int WARM_ROUNDS = 4;

  /** Timed rounds. */
  static final int ROUNDS = 8;

  static final int EPOCHS = 2;

  /** Images in an epoch: whole rounds. */
  static final int IMAGES = (WARM_ROUNDS + ROUNDS) / EPOCHS * EVERY * STEP;

  static final double LEARNING_RATE = 0.05;
  static final double MOMENTUM = 0.9;

  private Load() {}
}
