package io.millrace.jobs.image;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random damage to files, as disks and networks cause it. */
public final class Mutations {
  private Mutations() {}

  /** One of the files, damaged; the same for the same state of the draw. */
  public static byte[] of(List<byte[]> files, Random random) {
    byte[] file = files.get(random.nextInt(files.size())).clone();
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times; i++) {
      file = once(file, files, random);
    }
    return file;
  }

  private static byte[] once(byte[] file, List<byte[]> files, Random random) {
    if (file.length < 2) {
      return file;
    }
    int from = random.nextInt(file.length);
    int to = from + 1 + random.nextInt(Math.min(file.length - from, 64));
    switch (random.nextInt(7)) {
      case 0 -> {
        for (int i = 0; i <= random.nextInt(20); i++) {
          file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> file[random.nextInt(Math.min(file.length, 60))] = (byte) random.nextInt();
      case 2 -> Arrays.fill(file, from, to, (byte) 0);
      case 3 -> Arrays.fill(file, from, to, (byte) 0xFF);
      case 4 -> {
        return Arrays.copyOf(file, from);
      }
      case 5 -> {
        byte[] other = files.get(random.nextInt(files.size()));
        int rest = random.nextInt(other.length);
        byte[] spliced = Arrays.copyOf(file, from + other.length - rest);
        System.arraycopy(other, rest, spliced, from, other.length - rest);
        return spliced;
      }
      default -> {
        for (int i = from; i < to; i++) {
          file[i] = (byte) random.nextInt();
        }
      }
    }
    return file;
  }
}
