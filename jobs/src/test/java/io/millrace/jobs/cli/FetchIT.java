package io.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.jobs.testing.Launched;
import io.millrace.jobs.testing.Launched.Ended;
import io.millrace.jobs.testing.Launched.Running;
import io.millrace.jobs.testing.ScriptedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fetch that is killed, and two at once, as processes of their own. */
class FetchIT {
  private static final String NAME = "tower_val_lmdb.zip";
  private static final String TAG = "ETag: \"v1\"";

  @TempDir Path folder;

  @Test
  void resumesAfterKillAndRefusesSecondFetchAtOnce() throws Exception {
    byte[] bytes = new byte[500_000];
    new Random(3).nextBytes(bytes);
    ScriptedServer[] self = new ScriptedServer[1];
    ScriptedServer.Script script =
        (request, reply) -> {
          if (request.start() == 0) {
            reply.whole(bytes, 200_000, TAG);
            self[0].fallSilent();
          } else {
            reply.rest(bytes, request.start(), TAG);
          }
        };
    try (ScriptedServer server = ScriptedServer.answering(script)) {
      self[0] = server;
      String[] words = {
        "fetch", "lsun:tower_val", "--to", ".", "--from", server.address().toString()
      };
      Running killed = Launched.millrace(folder, words).start();
      Path part = folder.resolve(NAME + ".part");
      await()
          .atMost(Duration.ofMinutes(5))
          .until(() -> Files.exists(part) && Files.size(part) == 200_000);
      Ended second = Launched.millrace(folder, words).run().expecting(1);
      assertThat(second.err()).contains("another process is fetching");
      killed.kill();
      assertThat(folder.resolve(NAME)).doesNotExist();
      assertThat(part).hasSize(200_000);

      Launched.millrace(folder, words).run().expecting(0);
      assertThat(server.requests()).hasSize(2);
      assertThat(server.requests().get(1).start()).isEqualTo(200_000);
      assertThat(server.requests().get(1).headers()).containsEntry("if-range", "\"v1\"");
    }
    assertThat(folder.resolve(NAME)).hasBinaryContent(bytes);
    assertThat(folder.resolve(NAME + ".part")).doesNotExist();
  }
}
