package io.millrace.jobs.cli;

import io.millrace.jobs.files.JobFiles;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.StorageFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** Writes the object that {@code --json} prints to a file. */
final class ResultFile {
  private ResultFile() {}

  /**
   * Writes it; an older one is replaced.
   *
   * @param place path or URI
   * @throws io.millrace.pipeline.CannotException if it can't be written
   */
  static void write(String place, Map<String, Object> json) {
    URI uri = Places.uri(place);
    try (OutputStream out = JobFiles.create(new Path(uri), true)) {
      out.write(JsonText.pretty(json).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw StorageFailure.cannot("write the result of the run", Places.text(uri), e);
    }
  }
}
