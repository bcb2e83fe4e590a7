package io.millrace.jobs.stats;

import io.millrace.jobs.image.Image;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An operation is the histograms of 1,000 CIFAR-10 images: 3,072,000 bytes. */
@State(Scope.Thread)
public class HistogramSpeed {
  private static final int IMAGES = 1_000;
  private static final int SIDE = 32;

  private final Image[] images = images();

  /** Measured by JMH. */
  @Benchmark
  public Object histogram() {
    Histograms histograms = new Histograms(3);
    for (Image image : images) {
      histograms.add(image);
    }
    return histograms;
  }

  private static Image[] images() {
    Random random = new Random(1);
    Image[] images = new Image[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      byte[] pixels = new byte[3 * SIDE * SIDE];
      random.nextBytes(pixels);
      images[i] = new Image(3, SIDE, SIDE, pixels);
    }
    return images;
  }
}
