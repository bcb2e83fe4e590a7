package io.millrace.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The settings of a benchmark's run.
 *
 * @param root of the project
 * @param scratch an empty folder, removed afterwards
 * @param data a folder of CIFAR-10 binaries; empty = make synthetic ones
 * @param pictures a folder of real pictures; empty = those beside the project
 * @param runs of ours and of the reference each, at least 1
 * @param scale share of the full size that is run, over 0 and at most 1
 * @param engine of the benchmarks that train with one
 * @param only names of rows that are run; empty = all
 * @param say shows sentences to the person who waits
 */
record Setting(
    Path root,
    Path scratch,
    Optional<Path> data,
    Optional<Path> pictures,
    int runs,
    double scale,
    String engine,
    List<String> only,
    Consumer<String> say) {
  /** An amount times the scale, at least 1. */
  int scaled(int amount) {
    return (int) Math.max(1, Math.round(amount * scale));
  }

  Path millrace() {
    return root.resolve("sbin/millrace");
  }
}
