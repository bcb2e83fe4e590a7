package io.millrace.jobs.record;

import io.millrace.jobs.averaging.WorkerRound;
import io.millrace.jobs.feed.FeedTimes;
import java.util.List;

/**
 * Where a round's time went, in seconds. Times of workers are sums over the workers: {@code (train
 * + waited) / workers + average + spark} is the wall time of the round. Reading, decoding and
 * augmenting happen meanwhile, in threads of their own.
 *
 * @param read waiting for row groups from disk or elsewhere
 * @param decode taking pictures out of JPEG, PNG and WebP
 * @param augment augmenting, normalising and all other work on minibatches
 * @param train forward and backward passes and updates
 * @param waited that workers waited for their next minibatch
 * @param average of the driver, averaging
 * @param checkpoint of the driver, writing the checkpoint after this round; 0 if there is none
 * @param spark the rest: broadcasts, scheduling, setting up, waiting for the slowest worker
 */
public record RoundTimes(
    double read,
    double decode,
    double augment,
    double train,
    double waited,
    double average,
    double checkpoint,
    double spark) {
  /**
   * Without a checkpoint.
   *
   * @param average seconds that averaging took
   * @param seconds of the whole round
   */
  public static RoundTimes of(List<WorkerRound> results, double average, double seconds) {
    FeedTimes feeds =
        results.stream().map(WorkerRound::feed).reduce(FeedTimes.NONE, FeedTimes::plus);
    double train = results.stream().mapToDouble(WorkerRound::stepSeconds).sum();
    double accounted = (train + feeds.waited()) / results.size() + average;
    return new RoundTimes(
        feeds.read(),
        feeds.decode(),
        feeds.augment(),
        train,
        feeds.waited(),
        average,
        0,
        Math.max(0, seconds - accounted));
  }

  RoundTimes withCheckpoint(double seconds) {
    return new RoundTimes(read, decode, augment, train, waited, average, seconds, spark);
  }

  RoundTimes plus(RoundTimes other) {
    return new RoundTimes(
        read + other.read,
        decode + other.decode,
        augment + other.augment,
        train + other.train,
        waited + other.waited,
        average + other.average,
        checkpoint + other.checkpoint,
        spark + other.spark);
  }
}
