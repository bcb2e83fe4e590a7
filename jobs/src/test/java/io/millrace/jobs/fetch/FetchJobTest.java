package io.millrace.jobs.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.millrace.jobs.ingest.IngestJob;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.testing.CifarFiles;
import io.millrace.jobs.testing.ScriptedServer;
import io.millrace.jobs.testing.ScriptedServer.Request;
import io.millrace.jobs.testing.ScriptedServer.Script;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.plan.Selection;
import io.millrace.pipeline.run.RunListener;
import io.millrace.pipeline.run.RunOptions;
import io.millrace.pipeline.run.RunResult;
import io.millrace.pipeline.run.Runner;
import io.millrace.pipeline.run.StageOutcome;
import io.millrace.pipeline.run.StageResult;
import io.millrace.pipeline.spec.PipelineReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetch as a stage. */
class FetchJobTest {
  private static final String ARCHIVE = "cifar-10-binary.tar.gz";

  @TempDir Path folder;

  @AfterEach
  void stopSpark() {
    SharedSpark.stop();
  }

  @Test
  void otherStagesReadTheFolderOrAFileInIt() throws Exception {
    byte[] archive = archive();
    try (ScriptedServer server =
        ScriptedServer.answering((request, reply) -> reply.whole(archive))) {
      RunResult result =
          run(
              server,
              archive,
              """
              download { job = fetch, dataset = cifar10 }
              shards { job = ingest, source { format = cifar10, path = "@download" } }
              same { job = ingest, source { format = cifar10, path = "@download/%s" } }
              """
                  .formatted(ARCHIVE));
      assertThat(result.succeeded()).describedAs(result.toString()).isTrue();
      StageResult download = result.stages().get(0);
      assertThat(download.headline()).startsWith("1 file, ");
      assertThat(download.metrics())
          .containsEntry("files", 1)
          .containsEntry("bytes", (long) archive.length);
      Path file = Path.of(download.artifact().orElseThrow()).resolve(ARCHIVE);
      assertThat(file).hasBinaryContent(archive);
      assertThat(result.stages().subList(1, 3))
          .allSatisfy(shards -> assertThat(shards.headline()).startsWith("24 images"));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void resumesFailedDownloadAndLeavesNothingBehind() throws Exception {
    byte[] archive = archive();
    Script script =
        (request, reply) -> {
          if (request.number() == 1) {
            reply.whole(archive, 20_000);
          } else if (request.number() < 10) {
            reply.refuse(503);
          } else {
            reply.rest(archive, request.start());
          }
        };
    String stages = "download { job = fetch, dataset = cifar10 }";
    try (ScriptedServer server = ScriptedServer.answering(script)) {
      RunResult failed = run(server, archive, stages);
      assertThat(failed.stages().get(0).outcome()).isEqualTo(StageOutcome.FAILED);
      assertThat(failed.stages().get(0).reason()).contains("Cannot fetch cifar10: ");
      assertThat(server.requests()).hasSize(9);

      RunResult result = run(server, archive, stages);
      assertThat(result.succeeded()).describedAs(result.toString()).isTrue();
      assertThat(server.requests().stream().map(Request::start).skip(9)).containsExactly(20_000);
      Path artifact = Path.of(result.stages().get(0).artifact().orElseThrow());
      assertThat(artifact.resolve(ARCHIVE)).hasBinaryContent(archive);
      assertThat(artifact.resolve(ARCHIVE + ".part")).doesNotExist();

      // A mirror has the same file.
      run(
          server,
          archive,
          "download { job = fetch, dataset = cifar10, from = \"http://m.example\" }");
      assertThat(server.requests()).hasSize(10);
    }
  }

  @Test
  void artifactEqualsGoldenDigestOfThisVersion() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.answering((request, reply) -> reply.whole(Served.BYTES))) {
      Config table = table(server, Served.BYTES);
      FetchJob job = new FetchJob(() -> new Datasets(table), Served.QUICK);
      Path staging = Files.createDirectory(folder.resolve("staging"));
      JobResult result =
          job.run(
              new JobRequest<>(
                  "fetch",
                  new FetchParameters("cifar10", Optional.empty()),
                  staging.toUri(),
                  folder.resolve("unfinished").toUri(),
                  folder.resolve("scratch").toUri(),
                  Map.of(),
                  ""),
              JobContext.silent());
      assertThat(job.version()).isEqualTo(1);
      assertThat(staging.toFile().list()).containsExactly(ARCHIVE);
      assertThat(result.digest())
          .as("another artifact needs a new version number of the job")
          .isEqualTo("58eb7cae2da20637aa087dfefe91cb7bc687442e026354529eae52486f6d542d");
    }
  }

  @Test
  void reportsInvalidKeysBeforeRunning() {
    Datasets packed = Datasets.packed();
    assertThat(problems(packed, "cifar1O", "ftp://mirror.example/"))
        .hasSize(2)
        .anySatisfy(
            it ->
                assertThat(it).startsWith("dataset: 'cifar1O'").contains("did you mean 'cifar10'"))
        .anySatisfy(it -> assertThat(it).startsWith("from: 'ftp://mirror.example/'"));
    assertThat(problems(packed, "imagenet", "https://mirror.example/x"))
        .singleElement()
        .asString()
        .contains("account", "image-net.org", "ILSVRC2012_img_val.tar", "millrace ingest");
    assertThat(problems(packed, "lsun:bedroom_train", "http://mirror.example")).isEmpty();
  }

  private static List<String> problems(Datasets datasets, String dataset, String from) {
    FetchParameters parameters = new FetchParameters(dataset, Optional.of(from));
    return parameters.problems(datasets).stream().map(Object::toString).toList();
  }

  private static byte[] archive() throws IOException {
    return CifarFiles.gzip(
        CifarFiles.tar(
            Map.of(
                "data_batch_1.bin", CifarFiles.records(20, 1),
                "test_batch.bin", CifarFiles.records(4, 2))));
  }

  private Config table(ScriptedServer server, byte[] archive) throws IOException {
    return ConfigFactory.parseMap(
        Map.of(
            "cifar10",
            Map.of(
                "from",
                server.address().toString(),
                "terms",
                "Free.",
                "files",
                List.of(
                    Map.of(
                        "name",
                        ARCHIVE,
                        "bytes",
                        archive.length,
                        "md5",
                        Served.content(folder, archive).md5())))));
  }

  private RunResult run(ScriptedServer server, byte[] archive, String stages) throws IOException {
    Config table = table(server, archive);
    JobCatalogue jobs =
        JobCatalogue.of(new FetchJob(() -> new Datasets(table), Served.QUICK), new IngestJob());
    Path file =
        Files.writeString(
            folder.resolve("p.conf"),
            "pipeline = p\nworkspace = \"ws\"\nstages {\n" + stages + "\n}\n");
    return Runner.run(
        PipelineReader.read(file, List.of("workspace=" + folder.resolve("ws")), jobs),
        new RunOptions(Selection.ALL, 1, Map.of("spark.master", "local[2]")),
        new RunListener() {});
  }
}
