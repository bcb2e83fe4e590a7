package io.millrace.bench;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What every benchmark is given.
 *
 * @param root of the project
 * @param scratch an empty folder, removed afterwards
 * @param data a folder of CIFAR-10 binaries; empty = make synthetic ones
 * @param runs of ours and of the reference each, at least 1
 * @param say takes sentences for the person who waits
 */
record Setting(Path root, Path scratch, Optional<Path> data, int runs, Consumer<String> say) {
  Path millrace() {
    return root.resolve("sbin/millrace");
  }
}
