package io.millrace.jobs.stats;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An operation is the histograms of 1,000 CIFAR-10 images: 3,072,000 bytes. */
@State(Scope.Thread)
public class HistogramSpeed {
  private static final int IMAGES = 1_000;
  private static final int SIDE = 32;

  private final byte[][] images = images();

  /** Measured by JMH. */
  @Benchmark
  public Object histogram() {
    Histograms histograms = new Histograms(3);
    for (byte[] image : images) {
      histograms.add(SIDE * SIDE, image, 0);
    }
    return histograms;
  }

  private static byte[][] images() {
    Random random = new Random(1);
    byte[][] images = new byte[IMAGES][3 * SIDE * SIDE];
    for (byte[] image : images) {
      random.nextBytes(image);
    }
    return images;
  }
}
