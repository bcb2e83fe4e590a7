package io.millrace.jobs.augment;

import io.millrace.jobs.image.Image;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An operation is one CIFAR-10 image through pad, crop and flip. */
@State(Scope.Thread)
public class ChainSpeed {
  private static final int SIDE = 32;

  private final Chain chain =
      new Chain(
          List.of(
              new Transform.PadReflect(4),
              new Transform.RandomCrop(SIDE),
              new Transform.Flip(Transform.Axis.HORIZONTAL)));
  private final Image image = new Image(3, SIDE, SIDE, pixels());
  private long id;

  /** Measured by JMH. */
  @Benchmark
  public Image chain() {
    return chain.apply(image, Draws.of(1, 0, id++));
  }

  private static byte[] pixels() {
    byte[] pixels = new byte[3 * SIDE * SIDE];
    new Random(1).nextBytes(pixels);
    return pixels;
  }
}
