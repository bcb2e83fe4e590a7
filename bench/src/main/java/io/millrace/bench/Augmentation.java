package io.millrace.bench;

import io.millrace.jobs.transform.Chain;
import io.millrace.jobs.transform.Flip;
import io.millrace.jobs.transform.Levels;
import io.millrace.jobs.transform.PadReflect;
import io.millrace.jobs.transform.RandomCrop;
import io.millrace.jobs.transform.RandomErase;
import io.millrace.jobs.transform.RandomResizedCrop;
import io.millrace.jobs.transform.Transform;
import io.millrace.pipeline.job.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** How the benchmarks augment and normalise CIFAR-10 pictures, ours and the references alike. */
final class Augmentation {
  static final int SIDE = 32;
  static final int CHANNELS = 3;

  /** Side of the crops of JPEGs. */
  static final int CROP = 224;

  /** Of CIFAR-10's channels, on the 0..1 scale. */
  static final List<Double> MEAN = List.of(0.4914, 0.4822, 0.4465);

  static final List<Double> STD = List.of(0.2470, 0.2435, 0.2616);

  private static final int BRIGHTEST = 255;

  /**
   * The mean of torchvision's 2 % to 33 %. Ours is rounded down to whole pixels, 13 x 13 of 32 x 32
   * = 16.5 %; torchvision, which draws again if a patch does not fit, has 17.4 %.
   */
  private static final double ERASED = 0.175;

  private static final List<Transform> MOVES =
      List.of(new PadReflect(4), new RandomCrop(SIDE), new Flip(Flip.Axis.HORIZONTAL));

  private Augmentation() {}

  /** Pad by 4, crop, flip. */
  static Chain plain() {
    return new Chain(MOVES);
  }

  /** A random part resized to one size, flip. */
  static Chain ofJpegs() {
    return new Chain(
        List.of(
            new RandomResizedCrop(CROP, Interval.of(0.08, 1), Interval.of(3 / 4.0, 4 / 3.0)),
            new Flip(Flip.Axis.HORIZONTAL)));
  }

  /** The same, then one patch of noise. */
  static Chain erasing() {
    List<Transform> transforms = new ArrayList<>(MOVES);
    transforms.add(new RandomErase(Interval.of(1, 1), Math.sqrt(ERASED)));
    return new Chain(transforms);
  }

  /** The levels that the noise follows. */
  static Levels levels() {
    return new Levels(
        MEAN.stream().map(it -> it * BRIGHTEST).toList(),
        STD.stream().map(it -> it * BRIGHTEST).toList(),
        Collections.nCopies(CHANNELS, 0),
        Collections.nCopies(CHANNELS, BRIGHTEST));
  }

  /** The float of each level, by channel: {@code (x / 255 - mean) / std}. */
  static float[][] tables() {
    float[][] tables = new float[CHANNELS][BRIGHTEST + 1];
    for (int c = 0; c < CHANNELS; c++) {
      for (int x = 0; x <= BRIGHTEST; x++) {
        tables[c][x] = (float) ((x / (double) BRIGHTEST - MEAN.get(c)) / STD.get(c));
      }
    }
    return tables;
  }

  /** For a script's command line: {@code 0.1,0.2,0.3}. */
  static String written(List<Double> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
