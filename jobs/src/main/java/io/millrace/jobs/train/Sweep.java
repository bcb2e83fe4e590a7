package io.millrace.jobs.train;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.Json;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.record.TrainingRecord;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.Digests;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The losses of a training whose learning rate went from a small to a large one (Smith 2017,
 * "Cyclical learning rates for training neural networks", section 3.3), and which rates to try, as
 * {@code lr-find.json} holds them.
 *
 * @param suggestion rates to try
 * @param curve one point a step
 * @param steps that were planned; there are fewer points where the loss became too large
 */
public record Sweep(Suggestion suggestion, List<Point> curve, int steps) {
  /** Its file. */
  public static final String FILE = "lr-find.json";

  // fast.ai leaves these out, since smoothing has hardly begun there.
  private static final int BEGINNING = 10;
  private static final double TENTH = 10;

  /**
   * Rates to try as the highest of a schedule.
   *
   * @param valley in the middle of the longest fall of the loss
   * @param steepest where the loss falls most steeply
   * @param minimum a tenth of the rate with the lowest loss
   */
  public record Suggestion(double valley, double steepest, double minimum) {}

  /**
   * A step.
   *
   * @param lr its learning rate
   * @param loss of its minibatches, before the step
   * @param smoothed the loss as a moving average
   */
  public record Point(double lr, double loss, double smoothed) {}

  /**
   * Finds the suggestions.
   *
   * @param record of at least two steps
   * @param steps that were planned
   */
  static Sweep of(TrainingRecord record, int steps) {
    double[] rates = record.learningRates();
    double[] losses = record.means(CrossEntropy.LOSS);
    double[] smoothed = record.smoothed(CrossEntropy.LOSS, steps);
    List<Point> curve = new ArrayList<>();
    for (int i = 0; i < rates.length; i++) {
      curve.add(new Point(rates[i], losses[i], smoothed[i]));
    }
    List<Point> judged = curve.subList(rates.length / BEGINNING, rates.length);
    return new Sweep(
        new Suggestion(valley(judged), steepest(judged), lowest(judged).lr() / TENTH),
        List.copyOf(curve),
        steps);
  }

  private static Point lowest(List<Point> points) {
    Point lowest = points.get(0);
    for (Point point : points) {
      lowest = point.smoothed() < lowest.smoothed() ? point : lowest;
    }
    return lowest;
  }

  /** By the slope over the logarithm of the rate, up to the lowest loss. */
  private static double steepest(List<Point> points) {
    int end = Math.max(1, points.indexOf(lowest(points)));
    double rate = points.get(0).lr();
    double best = Double.POSITIVE_INFINITY;
    for (int i = 1; i <= end && i < points.size(); i++) {
      Point before = points.get(i - 1);
      Point here = points.get(i);
      double slope = (here.smoothed() - before.smoothed()) / Math.log(here.lr() / before.lr());
      if (slope < best) {
        best = slope;
        rate = before.lr();
      }
    }
    return rate;
  }

  /**
   * The longest falling subsequence of the losses (as ESRI's and fast.ai's learning-rate finders
   * do), and the point in the middle of the part of the curve that it ends.
   */
  private static double valley(List<Point> points) {
    int[] length = new int[points.size()];
    int end = 0;
    for (int i = 0; i < length.length; i++) {
      length[i] = 1;
      for (int j = 0; j < i; j++) {
        if (points.get(i).smoothed() < points.get(j).smoothed() && length[i] <= length[j]) {
          length[i] = length[j] + 1;
        }
      }
      end = length[i] > length[end] ? i : end;
    }
    int start = end - length[end] + 1;
    return points.get(start + length[end] / 2).lr();
  }

  /**
   * Opens a result.
   *
   * @throws CannotException if there is none that can be read
   */
  public static Sweep open(URI root) throws IOException {
    byte[] json =
        JobFiles.in(root)
            .read(FILE)
            .orElseThrow(
                () ->
                    new CannotException(
                        "open " + JobFiles.shown(root),
                        "there is no " + FILE + " in it; it is not a result of lr-find"));
    return Json.read(json, Sweep.class);
  }

  /** Of the rates and losses. */
  String digest() {
    return Digests.of(new String(Json.bytes(this), StandardCharsets.UTF_8));
  }
}
