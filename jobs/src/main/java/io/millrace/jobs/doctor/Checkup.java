package io.millrace.jobs.doctor;

import io.millrace.jobs.feed.Feed;
import io.millrace.jobs.feed.FeedSpeed;
import io.millrace.jobs.feed.FeedSpeed.Rate;
import io.millrace.jobs.feed.Recipe;
import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.learner.Learner;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.train.Workload;
import io.millrace.jobs.transform.Transform;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.Variant;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Measures each part of a training by itself on this machine, then the training with its feed. All
 * workers are measured at once, but no more than there are processors.
 */
public final class Checkup {
  private static final double NANOS = 1e9;
  private static final double MEGA = 1e6;

  private static final double TRAINING_SHARE = 4;

  /** Deeplearning4j reaches its full speed after a few dozen steps. */
  private static final double WARM_SHARE = 0.5;

  private final Workload workload;
  private final double seconds;

  /**
   * @param seconds that each part is measured for; the training takes four times as long
   */
  public Checkup(Workload workload, double seconds) {
    this.workload = workload;
    this.seconds = seconds;
  }

  /**
   * Takes all measurements.
   *
   * @throws CannotException if a picture or shard can't be used; the message names it
   */
  public Findings findings(Began began) throws IOException {
    List<PartRate> rates = new ArrayList<>();
    Recipe recipe = workload.recipe();
    int processors = Runtime.getRuntime().availableProcessors();
    // A worker without pictures would never take a step.
    int workers = (int) Math.min(Math.min(workload.workers(), processors), recipe.view().size());
    try (JobContext.Progress progress =
        began.progress("measure", PictureStep.values().length, "parts")) {
      FeedSpeed speed = new FeedSpeed(recipe, seconds);
      Rate read = speed.read();
      rates.add(
          rate(PictureStep.READ, read, Amounts.bytesPerSecond(read.megabytesPerSecond() * MEGA)));
      progress.advance(1);
      rates.add(rate(PictureStep.DECODE, speed.decode(), stored(speed.encodings())));
      progress.advance(1);
      String costliest = costliest(speed, recipe.chain().transforms());
      rates.add(rate(PictureStep.AUGMENT, speed.augment(), costliest));
      progress.advance(1);
      rates.add(rate(PictureStep.ASSEMBLE, speed.assemble(), "to " + recipe.input() + " floats"));
      progress.advance(1);
      Trained trained = trained(workers);
      rates.add(
          new PartRate(
              PictureStep.TRAIN,
              trained.imagesPerSecond,
              "minibatches of %d, %s at once"
                  .formatted(workload.batch(), Amounts.count(workers, "worker"))));
      progress.advance(1);
      return new Findings(
          List.copyOf(rates),
          workload.workers(),
          workers,
          recipe.feeding().threadsHere(),
          trained.waiting,
          costliest);
    }
  }

  /** Shows the progress. */
  @FunctionalInterface
  public interface Began {
    /** The same as {@link JobContext#progress}. */
    JobContext.Progress progress(String label, long total, String unit);
  }

  private static PartRate rate(PictureStep part, Rate rate, String about) {
    return new PartRate(part, rate.imagesPerSecond(), about);
  }

  private static String stored(Map<Encoding, Long> encodings) {
    String text =
        encodings.keySet().stream()
            .map(encoding -> encoding == Encoding.RAW ? "raw pixels" : encoding.text())
            .collect(Collectors.joining(", "));
    return encodings.keySet().equals(Set.of(Encoding.RAW)) ? text + ": nothing to decode" : text;
  }

  /** The transform that takes most time. */
  private static String costliest(FeedSpeed speed, List<Transform> transforms) {
    if (transforms.isEmpty()) {
      return "no transforms";
    }
    String name = "";
    double most = -1;
    double before = 1 / speed.augment(0).imagesPerSecond();
    for (int i = 1; i <= transforms.size(); i++) {
      double upTo = 1 / speed.augment(i).imagesPerSecond();
      if (upTo - before > most) {
        most = upTo - before;
        name = transforms.get(i - 1).getClass().getAnnotation(Variant.class).value();
      }
      before = upTo;
    }
    String count = Amounts.count(transforms.size(), "transform");
    return transforms.size() == 1 ? count + ": " + name : count + ", " + name + " takes most time";
  }

  private Trained trained(int workers) {
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try {
      List<Future<Trained>> all = new ArrayList<>();
      for (int worker = 0; worker < workers; worker++) {
        int number = worker;
        all.add(threads.submit(() -> trained(number, workers)));
      }
      double rates = 0;
      double waiting = 0;
      for (Future<Trained> one : all) {
        Trained trained = one.get();
        rates += trained.imagesPerSecond;
        waiting += trained.waiting;
      }
      return new Trained(rates / workers, waiting / workers);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CannotException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    } finally {
      threads.shutdownNow();
    }
  }

  /** Trains on a worker's part of epoch after epoch until the time is over. */
  private Trained trained(int worker, int workers) {
    Recipe recipe = workload.recipe();
    long from = recipe.view().size() * worker / workers;
    long to = recipe.view().size() * (worker + 1) / workers;
    Steps steps = new Steps();
    try (Learner learner = workload.learner()) {
      for (int epoch = 0; steps.isOpen(); epoch++) {
        try (Feed feed = Feed.training(recipe, epoch, from, to, workload.batch())) {
          steps.take(learner, feed);
        }
      }
    }
    return steps.trained();
  }

  private final class Steps {
    private final long start = System.nanoTime();
    private final long limit = (long) (TRAINING_SHARE * seconds * NANOS);
    private long images;
    private long stepping;
    private long waiting;

    boolean isOpen() {
      return images == 0 || System.nanoTime() - start < limit;
    }

    void take(Learner learner, Feed feed) {
      long before = System.nanoTime();
      while (isOpen() && feed.hasNext()) {
        Minibatch minibatch = feed.next();
        long begun = System.nanoTime();
        learner.step(minibatch, workload.still());
        long done = System.nanoTime();
        if (begun - start > WARM_SHARE * limit || images > 0) {
          images += minibatch.size();
          stepping += done - begun;
          waiting += begun - before;
        }
        before = done;
      }
    }

    Trained trained() {
      return new Trained(images * NANOS / stepping, waiting / (double) (waiting + stepping));
    }
  }

  /**
   * @param imagesPerSecond while it trains
   * @param waiting share of the time that it waits for the feed, 0..1
   */
  private record Trained(double imagesPerSecond, double waiting) {}
}
