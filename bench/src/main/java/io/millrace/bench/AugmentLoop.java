package io.millrace.bench;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.random.Bits;
import io.millrace.jobs.transform.Augmenter;
import io.millrace.jobs.transform.Chain;
import io.millrace.jobs.transform.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Augments and normalises CIFAR-10 pictures in memory, one after the other, a new epoch in every
 * pass. Prints mean and deviation of the first epoch's floats, then pictures a second of CPU time.
 */
final class AugmentLoop {
  static final String PLAIN = "plain";
  static final String ERASE = "erase";

  private static final long SEED = 1;

  /** In a pass, since the JVM gives its CPU time in hundredths of a second. */
  private static final int EPOCHS = 40;

  private final List<Image> images = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final float[][] tables = Augmentation.tables();
  private final float[] floats = new float[CifarRecords.PIXELS];
  private final Augmenter augmenter;
  private int epoch;

  private AugmentLoop(Chain chain) {
    augmenter = new Augmenter(chain, Augmentation.CHANNELS, Augmentation.levels());
  }

  /**
   * @param arguments {@code plain} or {@code erase}, the folder of CIFAR-10 binaries
   */
  public static void main(String[] arguments) throws IOException {
    boolean erase = arguments[0].equals(ERASE);
    AugmentLoop loop = new AugmentLoop(erase ? Augmentation.erasing() : Augmentation.plain());
    loop.read(Path.of(arguments[1]));
    System.out.println(loop.moments());
    double seconds = Passes.cpuSeconds(loop::epochs);
    System.out.println((double) loop.images.size() * EPOCHS / seconds);
  }

  /** Reads pictures and their ids as {@code ingest} does: {@code data_batch_1#17}. */
  private void read(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.filter(file -> file.toString().endsWith(".bin")).sorted().toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString().replace(".bin", "");
      byte[] records = Files.readAllBytes(file);
      for (int i = 0; i < records.length / CifarRecords.BYTES; i++) {
        int from = i * CifarRecords.BYTES + 1;
        byte[] pixels = Arrays.copyOfRange(records, from, from + CifarRecords.PIXELS);
        int side = Augmentation.SIDE;
        images.add(new Image(Augmentation.CHANNELS, side, side, pixels));
        ids.add(name + "#" + i);
      }
    }
  }

  private void epochs() {
    for (int i = 0; i < EPOCHS; i++) {
      epoch++;
      for (int picture = 0; picture < images.size(); picture++) {
        augment(picture);
      }
    }
  }

  private Moments moments() {
    Moments moments = new Moments();
    for (int picture = 0; picture < images.size(); picture++) {
      augment(picture);
      moments.add(floats);
    }
    return moments;
  }

  private void augment(int picture) {
    Draws draws = Draws.of(SEED, epoch, Bits.idHash(ids.get(picture)));
    augmenter.apply(
        images.get(picture), draws, tables, Augmentation.SIDE, Augmentation.SIDE, floats);
  }
}
