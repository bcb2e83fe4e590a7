package io.millrace.jobs.cache;

import io.millrace.jobs.spark.SharedSpark;
import io.millrace.pipeline.store.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of a cache's files, made when the first file is written.
 *
 * @param configured empty = Spark's own
 */
record LocalFolder(String configured) {
  Path path() throws IOException {
    if (!configured.isEmpty()) {
      return Files.createDirectories(Path.of(Places.fromHome(configured)));
    }
    Path ofSpark =
        SharedSpark.localFolder()
            .orElseThrow(() -> new IOException("no folder is configured and no Spark runs"));
    return Files.createDirectories(ofSpark.resolve("millrace-cache"));
  }
}
