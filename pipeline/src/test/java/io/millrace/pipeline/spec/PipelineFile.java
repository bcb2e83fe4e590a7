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

  /** A small pipeline of three stages, its epochs and its data being parameters. */
  Path sample() throws IOException {
    Files.createFile(folder.resolve("data.bin"));
    return write(
        "pipeline = p, workspace = \"hdfs://h:9000/w\"",
        "params { epochs = 3, lr = 0.1, data = \"" + folder + "/data.bin\" }",
        "spark { executor { memory = 4g }, \"sql.shuffle.partitions\" = 8 }",
        "stages {",
        "  zeta  { job = ingest, source { format = folder, path = ${params.data} } }",
        "  stats { job = stats, shards = \"@zeta\", cache = never, verify = content }",
        "  alpha { job = train, shards = \"@zeta\", stats = \"@stats\"",
        "          architecture { name = resnet, weights = \"@zeta/w\" }",
        "          schedule { one-cycle { epochs = ${params.epochs}, lr = ${params.lr} } }",
        "          retries = 2, retry-delay = 3s, cache { max-age = 7d }",
        "          spark { executor.memory = 8g, jars = [a, b] } }",
        "}");
  }
}
