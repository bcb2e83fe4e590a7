package io.millrace.jobs.fetch;

import static io.millrace.jobs.fetch.Served.BYTES;
import static io.millrace.jobs.fetch.Served.NAME;
import static io.millrace.jobs.fetch.Served.OTHERS;
import static io.millrace.jobs.fetch.Served.fetch;
import static io.millrace.jobs.fetch.Served.known;
import static io.millrace.jobs.fetch.Served.leavePart;
import static io.millrace.jobs.fetch.Served.origin;
import static io.millrace.jobs.fetch.Served.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.testing.ScriptedServer;
import io.millrace.jobs.testing.ScriptedServer.Request;
import io.millrace.jobs.testing.ScriptedServer.Script;
import io.millrace.pipeline.CannotException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and parts that are in the folder already, of earlier and of running processes. */
class FetchResumeTest {
  private static final Script RANGES =
      (request, reply) -> {
        if (request.start() == 0) {
          reply.whole(BYTES, "ETag: \"v2\"");
        } else {
          reply.rest(BYTES, request.start(), "ETag: \"v2\"");
        }
      };

  @TempDir Path folder;

  @Test
  void resumesPartOfAnEarlierProcess() throws Exception {
    Served.Ear ear = new Served.Ear();
    leavePart(folder, BYTES, 123_456, Optional.empty());
    try (ScriptedServer server = ScriptedServer.answering(RANGES)) {
      fetch(server, known(folder), folder, Served.QUICK, ear);
      assertThat(server.requests().stream().map(Request::start)).containsExactly(123_456);
    }
    assertWhole();
    // The bar begins at what is there.
    assertThat(ear.steps.get(0)).isEqualTo(123_456);
  }

  @Test
  void verifiesCompletePartWithoutRequest() throws Exception {
    leavePart(folder, BYTES, BYTES.length, Optional.empty());
    try (ScriptedServer server = ScriptedServer.answering(RANGES)) {
      fetch(server, known(folder), folder);
      assertThat(server.requests()).isEmpty();
    }
    assertWhole();
  }

  @Test
  void restartsAfterChecksumShowsAnotherFile() throws Exception {
    leavePart(folder, OTHERS, 200_000, Optional.empty());
    try (ScriptedServer server = ScriptedServer.answering(RANGES)) {
      fetch(server, known(folder), folder);
      assertThat(server.requests().stream().map(Request::start)).containsExactly(200_000, 0);
    }
    assertWhole();
  }

  @Test
  void restartsPartThatIsTooLong() throws Exception {
    leavePart(folder, new byte[300_001], 300_001, Optional.empty());
    try (ScriptedServer server = ScriptedServer.answering(RANGES)) {
      fetch(server, known(folder), folder);
      assertThat(server.requests().stream().map(Request::start)).containsExactly(0);
    }
    assertWhole();
  }

  @Test
  void restartsWhenTheServersVersionChanged() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.answering(
            (request, reply) -> {
              boolean sameVersion = "\"v2\"".equals(request.headers().get("if-range"));
              if (request.start() > 0 && sameVersion) {
                reply.rest(BYTES, request.start(), "ETag: \"v2\"");
              } else {
                reply.whole(BYTES, "ETag: \"v2\"");
              }
            })) {
      leavePart(folder, OTHERS, 100_000, Optional.of(origin(server, "\"v1\"")));
      fetch(server, unknown(), folder);
      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().get(0).headers()).containsEntry("if-range", "\"v1\"");
    }
    assertWhole();
  }

  @Test
  void doesNotMixVersionsWhenServerIgnoresIfRange() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(RANGES)) {
      leavePart(folder, OTHERS, 100_000, Optional.of(origin(server, "\"v1\"")));
      // No checksum: only the tag tells.
      fetch(server, unknown(), folder);
      assertThat(server.requests().stream().map(Request::start)).containsExactly(100_000, 0);
    }
    assertWhole();
  }

  @Test
  void restartsPartOfUnknownOriginWithoutChecksum() throws Exception {
    leavePart(folder, OTHERS, 100_000, Optional.empty());
    try (ScriptedServer server = ScriptedServer.answering(RANGES)) {
      fetch(server, unknown(), folder);
      assertThat(server.requests().stream().map(Request::start)).containsExactly(0);
    }
    assertWhole();
  }

  @Test
  void keepsPartForTheNextRunAfterServerFailure() throws Exception {
    Script failing =
        (request, reply) -> {
          if (request.number() == 1) {
            reply.whole(BYTES, 180_000, "ETag: \"v2\"");
          } else {
            reply.refuse(500);
          }
        };
    try (ScriptedServer server = ScriptedServer.answering(failing)) {
      assertThatThrownBy(() -> fetch(server, known(folder), folder))
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("run the same command again to continue");
    }
    try (ScriptedServer server = ScriptedServer.answering(RANGES)) {
      fetch(server, known(folder), folder);
      assertThat(server.requests().stream().map(Request::start)).containsExactly(180_000);
    }
    assertWhole();
  }

  @Test
  void silentServerCountsAsFailedAttempt() throws Exception {
    Patience hasty =
        new Patience(Served.QUICK.pauses(), 100, Duration.ofSeconds(10), Duration.ofMillis(300));
    ScriptedServer[] self = new ScriptedServer[1];
    Script script =
        (request, reply) -> {
          if (request.number() == 1) {
            reply.whole(BYTES, 50_000);
            self[0].fallSilent();
          } else if (request.number() == 2) {
            self[0].fallSilent();
          } else {
            reply.rest(BYTES, request.start());
          }
        };
    try (ScriptedServer server = ScriptedServer.answering(script)) {
      self[0] = server;
      fetch(server, known(folder), folder, hasty, new Served.Ear());
      assertThat(server.requests().stream().map(Request::start)).containsExactly(0, 50_000, 50_000);
    }
    assertWhole();
  }

  @Test
  void doesNotFetchVerifiedFileAgain() throws Exception {
    Served.Ear ear = new Served.Ear();
    Files.write(folder.resolve(NAME), BYTES);
    try (ScriptedServer server = ScriptedServer.answering(RANGES)) {
      List<Fetched> files = fetch(server, known(folder), folder, Served.QUICK, ear);
      assertThat(files.get(0).alreadyThere()).isTrue();
      assertThat(server.requests()).isEmpty();
    }
    assertWhole();
    assertThat(ear.notices).anyMatch(notice -> notice.contains(NAME + " is there already"));
  }

  @Test
  void keepsAndNamesExistingDifferentFile() throws Exception {
    Files.write(folder.resolve(NAME), OTHERS);
    try (ScriptedServer server = ScriptedServer.answering(RANGES)) {
      assertThatThrownBy(() -> fetch(server, known(folder), folder))
          .isInstanceOf(CannotException.class)
          .hasMessageContaining(
              folder.resolve(NAME) + " is there already but is not the expected file");
      assertThat(server.requests()).isEmpty();
    }
    assertThat(folder.resolve(NAME)).hasBinaryContent(OTHERS);
  }

  @Test
  void comparesExistingFileByLengthWithoutChecksum() throws Exception {
    Script first =
        (request, reply) ->
            reply
                .head(206, "Content-Range: bytes 0-0/300000", "Content-Length: 1")
                .body(BYTES, 0, 1);
    try (ScriptedServer server = ScriptedServer.answering(first)) {
      Path file = Files.write(folder.resolve(NAME), OTHERS);
      assertThat(fetch(server, unknown(), folder).get(0).alreadyThere()).isTrue();
      Files.write(file, new byte[299_999]);
      assertThatThrownBy(() -> fetch(server, unknown(), folder))
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("299,999 bytes, the server has 300,000");
    }
  }

  @Test
  void refusesFileThatAnotherProcessFetches() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(RANGES);
        PartFile other = PartFile.of(folder.resolve(NAME), "fetch shapes")) {
      assertThatThrownBy(() -> fetch(server, known(folder), folder))
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("another process is fetching " + folder.resolve(NAME));
      assertThat(server.requests()).isEmpty();
      assertThat(other.length()).isZero();
    }
  }

  private void assertWhole() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve(NAME));
    }
    assertThat(folder.resolve(NAME)).hasBinaryContent(BYTES);
  }
}
