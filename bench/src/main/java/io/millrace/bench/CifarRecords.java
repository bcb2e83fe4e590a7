package io.millrace.bench;

import io.millrace.pipeline.CannotException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** CIFAR-10 binaries of any number of records, made by repeating the existing ones. */
final class CifarRecords {
  static final int PIXELS = 3 * 32 * 32;
  static final int BYTES = 1 + PIXELS;
  private static final int A_FILE = 10_000;

  private CifarRecords() {}

  /**
   * Writes {@code data_batch_1.bin}, {@code data_batch_2.bin}, ... of 10,000 records each.
   *
   * @return their folder
   */
  static Path repeated(Setting setting, int records) throws IOException, InterruptedException {
    byte[] there = once(setting);
    Path folder = Files.createDirectory(setting.scratch().resolve("cifar-10-batches-bin"));
    int available = there.length / BYTES;
    int next = 0;
    for (int left = records, file = 1; left > 0; left -= A_FILE, file++) {
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(folder.resolve("data_batch_" + file + ".bin")))) {
        for (int i = 0; i < Math.min(left, A_FILE); i++) {
          out.write(there, next * BYTES, BYTES);
          next = (next + 1) % available;
        }
      }
    }
    return folder;
  }

  /** All existing records, each once. */
  static byte[] once(Setting setting) throws IOException, InterruptedException {
    return all(setting.data().isPresent() ? setting.data().get() : synthetic(setting));
  }

  private static byte[] all(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.filter(file -> file.toString().endsWith(".bin")).sorted().toList();
    }
    List<byte[]> whole = new ArrayList<>();
    int length = 0;
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      whole.add(bytes);
      length += bytes.length;
    }
    if (length == 0 || length % BYTES != 0) {
      throw new CannotException(
          "take CIFAR-10 records from " + folder,
          "its .bin files hold %d bytes, which is not a multiple of a record's %d; give --data a folder like cifar-10-batches-bin"
              .formatted(length, BYTES));
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] bytes : whole) {
      System.arraycopy(bytes, 0, all, at, bytes.length);
      at += bytes.length;
    }
    return all;
  }

  private static Path synthetic(Setting setting) throws IOException, InterruptedException {
    Path folder = setting.scratch().resolve("synthetic");
    setting.say().accept("no CIFAR-10 here: making 10,000 synthetic records in its layout");
    Child.run(
        "make synthetic records",
        setting.scratch(),
        Map.of(),
        List.of(
            setting.millrace().toString(),
            "synthesize",
            "--train=9000",
            "--test=1000",
            "--output=" + folder));
    return folder;
  }
}
