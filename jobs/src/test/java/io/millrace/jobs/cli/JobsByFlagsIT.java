package io.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.testing.Launched;
import io.millrace.jobs.testing.Launched.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs by flags, file names outside ASCII, and a stock spark-submit without any -D flag. Takes
 * about 50 s: a process with Spark for each of seven jobs.
 */
class JobsByFlagsIT {
  @TempDir Path folder;

  @Test
  void runsEveryJobByFlagsInFolderOutsideAscii() throws Exception {
    Map<String, String> plain = Map.of("LC_ALL", "C");
    String data = "Bilder für ö/été";
    millrace(plain, "synthesize", "--train", "200", "--test", "100", "--output", data);
    Ended ingested =
        millrace(
            plain,
            "ingest",
            "--format",
            "cifar10",
            "--path",
            data,
            "--output",
            "shards",
            "--strict",
            "--json");
    assertThat(ingested.json())
        .containsEntry("outcome", "succeeded")
        .containsEntry("pipeline", "ingest");
    assertThat(ingested.artifact("ingest")).isEqualTo(folder.resolve("shards").toString());
    millrace(plain, "stats", "--shards", "shards", "--output", "stats");
    millrace(
        plain,
        "train",
        "--shards",
        "shards",
        "--stats",
        "stats",
        "--architecture",
        "linear",
        "--batch",
        "10",
        "--schedule",
        "{ constant { epochs = 1, lr = 0.01 } }",
        "--output",
        "model",
        "--master",
        "local[1]");
    Ended tested =
        millrace(plain, "evaluate", "--shards", "shards", "--model", "model", "--output", "test");
    assertThat(tested.out()).startsWith("accuracy ").contains(folder.resolve("test").toString());
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("Bilder für ö", "shards", "stats", "model", "test");
    }
    Ended again =
        Launched.millrace(folder, "stats", "--shards", "shards", "--output", "stats")
            .run()
            .expecting(1);
    assertThat(again.err()).contains("--overwrite").hasLineCount(1);
  }

  private Ended millrace(Map<String, String> environment, String... arguments) throws Exception {
    return Launched.millrace(folder, arguments).with(environment).run().expecting(0);
  }

  @Test
  void sparkSubmitRunsPipelineWithoutJavaFlags() throws Exception {
    TinyPipeline.in(folder);
    Ended submitted = submit(Map.of(), "run", "tiny.conf", "--json").expecting(0);
    assertThat(submitted.outcomes()).allMatch(outcome -> outcome.endsWith(":ran"));
    assertThat(submitted.artifact("model")).startsWith(folder.resolve("ws").toString());
  }

  @Test
  void sparkSubmitExplainsUnreadableNamesInAsciiLocale() throws Exception {
    Ended refused =
        submit(Map.of("LC_ALL", "C"), "plan", "tiny.conf", "--set", "workspace=für").expecting(2);
    assertThat(refused.err().lines()).last().asString().contains("LC_ALL=C.UTF-8");
  }

  private Ended submit(Map<String, String> environment, String... arguments) throws Exception {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("--class", "io.millrace.jobs.Millrace", Launched.assembledJar()));
    words.addAll(List.of(arguments));
    return Launched.sparkSubmit(folder, List.of(), words).with(environment).run();
  }
}
