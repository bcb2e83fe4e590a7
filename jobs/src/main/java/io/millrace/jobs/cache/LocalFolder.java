package io.millrace.jobs.cache;

import io.millrace.jobs.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a cache's files go; asked for, and made, when the first one is written. */
record LocalFolder(String configured) {
  Path path() throws IOException {
    Path folder =
        configured.isEmpty()
            ? SharedSpark.localFolder().resolve("millrace-cache")
            : Path.of(configured);
    return Files.createDirectories(folder);
  }
}
