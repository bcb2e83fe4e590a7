package io.millrace.jobs.fetch;

import static io.millrace.jobs.fetch.Served.BYTES;
import static io.millrace.jobs.fetch.Served.NAME;
import static io.millrace.jobs.fetch.Served.OTHERS;
import static io.millrace.jobs.fetch.Served.fetch;
import static io.millrace.jobs.fetch.Served.known;
import static io.millrace.jobs.fetch.Served.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.testing.ScriptedServer;
import io.millrace.jobs.testing.ScriptedServer.Request;
import io.millrace.jobs.testing.ScriptedServer.Script;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads from correct and from faulty servers. */
class FetchTest {
  @TempDir Path folder;

  @Test
  void fetchesAndVerifiesFileInOneRequest() throws Exception {
    Served.Ear ear = new Served.Ear();
    try (ScriptedServer server = server((request, reply) -> reply.whole(BYTES))) {
      List<Fetched> files = fetch(server, known(folder), folder, Served.QUICK, ear);
      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().get(0).path()).isEqualTo("/" + NAME);
      assertThat(files).hasSize(1);
      assertThat(files.get(0).verified()).isEqualTo("md5");
      assertThat(files.get(0).alreadyThere()).isFalse();
      assertThat(files.get(0).sha256()).isEqualTo(Served.content(folder, BYTES).sha256());
    }
    assertOnlyTheWholeFile();
    assertThat(ear.totals).containsExactly((long) BYTES.length);
    assertThat(ear.steps.stream().mapToLong(Long::longValue).sum()).isEqualTo(BYTES.length);
  }

  @Test
  void requestsOnlyTheRestAfterEachDrop() throws Exception {
    Script script =
        (request, reply) -> {
          switch (request.number()) {
            case 1 -> reply.whole(BYTES, 100_000, "ETag: \"v1\"");
            case 2 -> reply.rest(BYTES, request.start(), 150_000, "ETag: \"v1\"");
            case 3 -> reply.rest(BYTES, request.start(), 220_000, "ETag: \"v1\"");
            default -> reply.rest(BYTES, request.start(), "ETag: \"v1\"");
          }
        };
    try (ScriptedServer server = server(script)) {
      fetch(server, known(folder), folder);
      assertThat(server.requests()).hasSize(4);
      assertThat(server.requests().get(0).headers()).doesNotContainKeys("range", "if-range");
      assertThat(server.requests().stream().map(Request::start))
          .containsExactly(0, 100_000, 150_000, 220_000);
      assertThat(server.requests().subList(1, 4))
          .allSatisfy(request -> assertThat(request.headers()).containsEntry("if-range", "\"v1\""));
    }
    assertOnlyTheWholeFile();
  }

  @Test
  void restartsWhenServerIgnoresRange() throws Exception {
    Served.Ear ear = new Served.Ear();
    Script script = (request, reply) -> reply.whole(BYTES, request.number() < 4 ? 90_000 : 300_000);
    try (ScriptedServer server = server(script)) {
      fetch(server, known(folder), folder, Served.QUICK, ear);
      assertThat(server.requests().get(3).start()).isEqualTo(90_000);
    }
    assertOnlyTheWholeFile();
    // Progress falls back with it.
    assertThat(ear.totals.size()).isGreaterThan(1);
  }

  @Test
  void refusesAnswerOfAnotherRange() throws Exception {
    Script script =
        (request, reply) -> {
          switch (request.number()) {
            case 1 -> reply.whole(BYTES, 100_000);
            case 2 -> reply.rest(BYTES, 50_000);
            default -> reply.whole(BYTES);
          }
        };
    try (ScriptedServer server = server(script)) {
      // No checksum would show the mixture.
      fetch(server, unknown(), folder);
      assertThat(server.requests()).hasSize(3);
      assertThat(server.requests().get(2).headers()).doesNotContainKey("range");
    }
    assertOnlyTheWholeFile();
  }

  @Test
  void fetchesTheRestAfterTooShortContentLength() throws Exception {
    Script script =
        (request, reply) -> {
          if (request.number() == 1) {
            reply.head(200, "Content-Length: 200000").body(BYTES, 0, 300_000);
          } else {
            reply.rest(BYTES, request.start());
          }
        };
    try (ScriptedServer server = server(script)) {
      fetch(server, known(folder), folder);
      assertThat(server.requests().stream().map(Request::start)).containsExactly(0, 200_000);
    }
    assertOnlyTheWholeFile();
  }

  @ParameterizedTest
  @ValueSource(ints = {300_001, 900_000})
  void acceptsCompleteFileDespiteTooLongContentLength(int said) throws Exception {
    Script script =
        (request, reply) -> reply.head(200, "Content-Length: " + said).body(BYTES, 0, 300_000);
    try (ScriptedServer server = server(script)) {
      fetch(server, known(folder), folder);
      assertThat(server.requests()).hasSize(1);
    }
    assertOnlyTheWholeFile();
  }

  @Test
  void failsOnTooLongContentLengthWithoutChecksum() throws Exception {
    Script script =
        (request, reply) -> {
          if (request.start() > 0) {
            reply.head(416, "Content-Range: bytes */300000", "Content-Length: 0");
          } else {
            reply.head(200, "Content-Length: 300001").body(BYTES, 0, 300_000);
          }
        };
    try (ScriptedServer server = server(script)) {
      assertThatThrownBy(() -> fetch(server, unknown(), folder))
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("Cannot fetch shapes: " + server.address() + NAME + " failed");
    }
    assertThat(folder.resolve(NAME)).doesNotExist();
  }

  @Test
  void refetchesWrongContentOnceThenRefuses() throws Exception {
    try (ScriptedServer server = server((request, reply) -> reply.whole(OTHERS))) {
      assertThatThrownBy(() -> fetch(server, known(folder), folder))
          .isInstanceOf(CannotException.class)
          .hasMessageStartingWith(
              "Cannot fetch shapes: " + server.address() + NAME + " is not the expected file")
          .hasMessageContaining(
              "(md5 "
                  + Served.content(folder, OTHERS).md5()
                  + ", expected "
                  + Served.content(folder, BYTES).md5()
                  + ")");
      assertThat(server.requests()).hasSize(2);
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void acceptsCorrectContentOfTheSecondAttempt() throws Exception {
    Script script = (request, reply) -> reply.whole(request.number() == 1 ? OTHERS : BYTES);
    try (ScriptedServer server = server(script)) {
      fetch(server, known(folder), folder);
      assertThat(server.requests()).hasSize(2);
    }
    assertOnlyTheWholeFile();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 410})
  void doesNotRetryRefusedRequests(int status) throws Exception {
    try (ScriptedServer server = server((request, reply) -> reply.refuse(status))) {
      assertThatThrownBy(() -> fetch(server, known(folder), folder))
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("answers " + status)
          .hasMessageContaining(server.address() + NAME);
      assertThat(server.requests()).hasSize(1);
    }
    assertThat(names()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void succeedsAtTheEighthAttempt(int status) throws Exception {
    Script script =
        (request, reply) -> {
          if (request.number() < 8) {
            reply.refuse(status);
          } else {
            reply.whole(BYTES);
          }
        };
    try (ScriptedServer server = server(script)) {
      fetch(server, known(folder), folder);
      assertThat(server.requests()).hasSize(8);
    }
    assertOnlyTheWholeFile();
  }

  @Test
  void givesUpAfterEightFailures() throws Exception {
    try (ScriptedServer server = server((request, reply) -> reply.refuse(503))) {
      assertThatThrownBy(() -> fetch(server, known(folder), folder))
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("failed 8 times")
          .hasMessageContaining("503");
      assertThat(server.requests()).hasSize(8);
    }
    assertThat(folder.resolve(NAME)).doesNotExist();
  }

  @Test
  void attemptsWithProgressDoNotCountAsFailures() throws Exception {
    Script script =
        (request, reply) -> {
          int to = Math.min(BYTES.length, 15_000 * request.number());
          if (request.start() == 0) {
            reply.whole(BYTES, to);
          } else {
            reply.rest(BYTES, request.start(), to);
          }
        };
    try (ScriptedServer server = server(script)) {
      fetch(server, known(folder), folder);
      assertThat(server.requests()).hasSize(20);
    }
    assertOnlyTheWholeFile();
  }

  @Test
  void givesUpOnServerThatSendsAByteAtATime() throws Exception {
    Script script =
        (request, reply) -> {
          if (request.start() == 0) {
            reply.whole(BYTES, 1);
          } else {
            reply.rest(BYTES, request.start(), request.start() + 1);
          }
        };
    try (ScriptedServer server = server(script)) {
      assertThatThrownBy(() -> fetch(server, known(folder), folder))
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("failed 100 times");
      assertThat(server.requests()).hasSize(100);
    }
  }

  @Test
  void defaultPausesGrowUpToThirtySecondsInAll() {
    List<Duration> pauses = Patience.usual().pauses();
    assertThat(pauses).hasSizeGreaterThanOrEqualTo(7).isSorted().doesNotHaveDuplicates();
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isLessThanOrEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void followsRedirect() throws Exception {
    Script script =
        (request, reply) -> {
          if (request.path().equals("/" + NAME)) {
            reply.head(302, "Location: /elsewhere/x.bin", "Content-Length: 0");
          } else {
            reply.whole(BYTES);
          }
        };
    try (ScriptedServer server = server(script)) {
      fetch(server, known(folder), folder);
    }
    assertOnlyTheWholeFile();
  }

  @Test
  void mirrorReplacesFolderAndKeepsFileNames() throws Exception {
    URI nowhere = URI.create("http://127.0.0.1:1/");
    try (ScriptedServer server = server((request, reply) -> reply.whole(BYTES))) {
      Optional<URI> mirror = Mirror.folder(server.address() + "pub/shapes");
      PublicDataset dataset = Served.dataset(nowhere, known(folder));
      new Fetch(dataset, mirror, Served.QUICK, new Served.Ear()).into(folder);
      assertThat(server.requests().get(0).path()).isEqualTo("/pub/shapes/" + NAME);
    }
    assertOnlyTheWholeFile();
  }

  @Test
  void verifiesLengthWithNoticeWithoutChecksum() throws Exception {
    Served.Ear ear = new Served.Ear();
    try (ScriptedServer server = server((request, reply) -> reply.whole(BYTES))) {
      Fetched file = fetch(server, unknown(), folder, Served.QUICK, ear).get(0);
      assertThat(file.verified()).isEqualTo("size");
    }
    assertOnlyTheWholeFile();
    assertThat(ear.notices).anyMatch(notice -> notice.contains("no checksum is published"));
  }

  @Test
  void refusesFileWithoutChecksumAndLength() throws Exception {
    Script script = (request, reply) -> reply.head(200).body(BYTES, 0, 1000);
    try (ScriptedServer server = server(script)) {
      assertThatThrownBy(() -> fetch(server, unknown(), folder))
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("no checksum is published and the server does not give the length");
    }
    assertThat(folder.resolve(NAME)).doesNotExist();
  }

  private static ScriptedServer server(Script script) throws IOException {
    return ScriptedServer.answering(script);
  }

  private void assertOnlyTheWholeFile() throws IOException {
    assertThat(names()).containsExactly(NAME);
    assertThat(folder.resolve(NAME)).hasBinaryContent(BYTES);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
