package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.testing.ScriptedServer;
import io.millrace.pipeline.store.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace fetch}, its words and exit statuses. */
class FetchCommandTest {
  private static final String LSUN = "tower_val_lmdb.zip";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  @Test
  void fetchesFromMirrorOnceOnly() throws Exception {
    byte[] bytes = new byte[1500];
    ScriptedServer.Script script =
        (request, reply) -> {
          if ("bytes=0-0".equals(request.headers().get("range"))) {
            reply.head(206, "Content-Range: bytes 0-0/1500", "Content-Length: 1").body(bytes, 0, 1);
          } else {
            reply.whole(bytes);
          }
        };
    try (ScriptedServer server = ScriptedServer.answering(script)) {
      String mirror = server.address() + "pub";
      Path to = folder.resolve("a/b");
      assertThat(run("lsun:tower_val", "--to", to.toString(), "--from", mirror)).isZero();
      assertThat(out.toString(UTF_8)).startsWith("1 file, 1.5 kB in " + to + " (");
      assertThat(err.toString(UTF_8)).contains("no checksum is published", "1,500 bytes");
      assertThat(to.resolve(LSUN)).hasBinaryContent(bytes);
      assertThat(server.requests().get(0).path()).isEqualTo("/pub/" + LSUN);

      assertThat(run("lsun:tower_val", "--to", to.toString(), "--from", mirror)).isZero();
      assertThat(out.toString(UTF_8)).contains("there already and verified");

      assertThat(run("lsun:tower_val", "--to", to.toString(), "--from", mirror, "--json")).isZero();
      Map<String, Object> json = JsonText.object(out.toByteArray());
      assertThat(json)
          .containsEntry("outcome", "succeeded")
          .containsEntry("dataset", "lsun:tower_val");
      assertThat(json.get("files"))
          .asInstanceOf(InstanceOfAssertFactories.LIST)
          .singleElement()
          .asInstanceOf(InstanceOfAssertFactories.MAP)
          .containsEntry("outcome", "already there")
          .containsEntry("bytes", 1500L)
          .containsEntry("verified", "size");
    }
  }

  @Test
  void wrongContentFailsAndLeavesNoFile() throws Exception {
    byte[] wrong = new byte[9_912_422];
    try (ScriptedServer server = ScriptedServer.answering((request, reply) -> reply.whole(wrong))) {
      assertThat(run("mnist", "--to", folder.toString(), "--from", server.address().toString()))
          .isEqualTo(Status.FAILED);
    }
    assertThat(err.toString(UTF_8))
        .contains("Cannot fetch mnist: ", "expected f68b3c2dcbeaaa9fbdd348bbdeb94873");
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void failsWhenServerLacksTheFile() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering((request, reply) -> reply.refuse(404))) {
      String mirror = server.address().toString();
      assertThat(run("cifar10", "--to", folder.toString(), "--from", mirror, "--json", "--quiet"))
          .isEqualTo(Status.FAILED);
    }
    Map<String, Object> json = JsonText.object(out.toByteArray());
    assertThat(json).containsEntry("outcome", "failed");
    assertThat((String) json.get("error")).startsWith("Cannot fetch cifar10: ").contains("404");
    assertThat(err.toString(UTF_8)).hasLineCount(1);
  }

  @Test
  void reportsAllMistakesOfTheCommandLineTogether() throws Exception {
    assertThat(run("cifar11", "--from", "ftp://mirror.example/")).isEqualTo(Status.MISUSED);
    assertThat(err.toString(UTF_8))
        .contains("NAME: 'cifar11' is not a dataset", "did you mean 'cifar10'?", "fashion-mnist")
        .contains("--from: 'ftp://mirror.example/'", "--to: must be given")
        .contains("3 mistakes; nothing was run.");
    assertThat(run("cifar10", "--to", "s3a://bucket/data")).isEqualTo(Status.MISUSED);
    assertThat(err.toString(UTF_8)).contains("--to: 's3a://bucket/data' is not a local folder");
    assertThat(run("--to", folder.toString())).isEqualTo(Status.MISUSED);
    assertThat(err.toString(UTF_8)).contains("NAME");
  }

  @Test
  void namesFileInPlaceOfTheFolder() throws Exception {
    Path file = Files.createFile(folder.resolve("taken"));
    assertThat(run("cifar10", "--to", file.toString())).isEqualTo(Status.FAILED);
    assertThat(err.toString(UTF_8)).contains("Cannot fetch cifar10: ", file.toString());
  }

  @Test
  void explainsHowToGetImagenet() {
    assertThat(run("imagenet", "--to", folder.toString())).isEqualTo(Status.MISUSED);
    assertThat(err.toString(UTF_8))
        .contains("account", "https://image-net.org", "imagenet-object-localization-challenge")
        .contains("ILSVRC2012_img_train.tar (md5 1d675b47d978889d74fa0da5fadfb00e)")
        .contains("ILSVRC2012_img_val.tar (md5 29b22e2961454d5413ddabcf34fc5622)")
        .contains("millrace ingest --format imagenet --path ILSVRC2012_img_train.tar");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void helpHasExamples() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("Usage: millrace fetch", "--to", "--from", "imagenet")
        .containsPattern("Examples:\\R  millrace fetch cifar10 --to data");
  }

  private int run(String... words) {
    out.reset();
    err.reset();
    List<String> all = new ArrayList<>(List.of("fetch"));
    all.addAll(List.of(words));
    return CommandLineDoor.open(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(all.toArray(String[]::new));
  }
}
