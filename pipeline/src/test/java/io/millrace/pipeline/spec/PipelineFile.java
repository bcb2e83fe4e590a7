package io.millrace.pipeline.spec;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A pipeline file written for one test. */
record PipelineFile(Path folder) {
  Path write(String... lines) throws IOException {
    return Files.writeString(folder.resolve("p.conf"), String.join("\n", lines) + "\n");
  }

  static PipelineSpec read(Path file, String... sets) {
    return PipelineReader.read(file, List.of(sets), TestJobs.JOBS);
  }

  /** The problems as {@code p.conf:4: ...}, the folder's path left away. */
  List<String> problems(Path file, String... sets) {
    ConfigurationException thrown =
        catchThrowableOfType(ConfigurationException.class, () -> read(file, sets));
    return thrown == null
        ? List.of()
        : thrown.problems().stream()
            .map(Problem::toString)
            .map(text -> text.replace(folder + "/", ""))
            .toList();
  }
}
