package io.millrace.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.submit.StageWorkplace;
import io.millrace.jobs.testing.Launched;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.plan.PlannedStage;
import io.millrace.pipeline.plan.Selection;
import io.millrace.pipeline.run.RunListener;
import io.millrace.pipeline.run.RunOptions;
import io.millrace.pipeline.run.RunResult;
import io.millrace.pipeline.run.Runner;
import io.millrace.pipeline.run.StageResult;
import io.millrace.pipeline.spec.PipelineReader;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A pipeline of 300 pictures and three rounds whose every stage has two tasks or more, with this
 * JVM as the driver.
 */
final class ClusterPipeline {
  private static final String TEXT =
      """
      pipeline = laws
      workspace = "ws"
      params { epochs = 1 }
      stages {
        pictures { job = synthesize, train = 200, test = 100 }
        first { job = ingest, source { format = cifar10, path = "@pictures", sample = 10% } }
        shards { job = ingest, source { format = cifar10, path = "@pictures" }, shard-bytes = 200000 }
        stats { job = stats, shards = "@shards", split = train }
        model {
          job = train, shards = "@shards", stats = "@stats"
          architecture { name = conv-net, channels = [4, 8] }
          workers = 2, batch = 10, averaging { every = 4 }
          schedule { one-cycle { epochs = ${params.epochs}, lr = 0.05 } }
          checkpoint { every-rounds = 1 }
        }
        test {
          job = evaluate, shards = "@shards", stats = "@stats", model = "@model"
          split = test, batch = 25
        }
      }
      """;

  private ClusterPipeline() {}

  /** Writes {@code laws.conf}, with its workspace {@code ws} beside it. */
  static Path in(Path folder) throws IOException {
    return Files.writeString(folder.resolve("laws.conf"), TEXT);
  }

  /**
   * Runs it in a workspace of that name.
   *
   * @param before is told each stage that is about to run
   */
  static Outcome run(
      Path folder, String workspace, Map<String, String> settings, Consumer<String> before)
      throws IOException {
    return run(folder, List.of("workspace=" + folder.resolve(workspace)), settings, before);
  }

  /** The same with any overrides. */
  static Outcome run(
      Path folder, List<String> sets, Map<String, String> settings, Consumer<String> before)
      throws IOException {
    Map<String, String> all = new HashMap<>(settings);
    bring(all);
    List<String> notices = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void stageStarted(PlannedStage stage) {
            before.accept(stage.stage().name());
          }

          @Override
          public void notice(String stage, String sentence) {
            notices.add(sentence);
          }
        };
    try {
      RunResult result =
          Runner.run(
              PipelineReader.read(in(folder), sets, JobCatalogue.installed()),
              new RunOptions(Selection.ALL, 1, all, new StageWorkplace(all)),
              listener);
      return new Outcome(result, notices);
    } finally {
      SharedSpark.stop();
    }
  }

  /**
   * Maven gives the tests the jar without its dependencies; executors need the assembled one, and
   * start in half the time from its archive of classes, as those of the launcher do.
   */
  private static void bring(Map<String, String> settings) throws IOException {
    Path archive = Launched.ROOT.resolve("jobs/target/launcher/classes.jsa");
    String options = "spark.executor.extraJavaOptions";
    if (settings.containsKey("spark.executor.extraClassPath") || !Files.exists(archive)) {
      settings.putIfAbsent("spark.jars", "local:" + assembledJar());
    } else {
      settings.putIfAbsent("spark.jars", "");
      settings.put("spark.executor.extraClassPath", assembledJar().toString());
      settings.merge(
          options, "-XX:SharedArchiveFile=" + archive, (given, more) -> given + " " + more);
    }
  }

  static Path assembledJar() throws IOException {
    try (Stream<Path> built = Files.list(Launched.ROOT.resolve("jobs/target"))) {
      return built.filter(jar -> jar.toString().endsWith("-all.jar")).findFirst().orElseThrow();
    }
  }

  /** The digest of the artifact at a path. */
  static String digest(String artifact) {
    return Workspace.artifactAt(artifact).orElseThrow().manifest().digest();
  }

  /** How it ended and what it told. */
  record Outcome(RunResult result, List<String> notices) {
    /** The digest of every stage. */
    Map<String, String> digests() {
      assertThat(result.succeeded()).as("%s", result.stages()).isTrue();
      Map<String, String> digests = new LinkedHashMap<>();
      for (StageResult stage : result.stages()) {
        digests.put(stage.name(), digest(Places.text(stage.artifact().orElseThrow())));
      }
      return digests;
    }

    String failure() {
      assertThat(result.succeeded()).isFalse();
      return result.stages().stream()
          .filter(stage -> stage.reason().startsWith("Cannot"))
          .findFirst()
          .orElseThrow()
          .reason();
    }
  }
}
