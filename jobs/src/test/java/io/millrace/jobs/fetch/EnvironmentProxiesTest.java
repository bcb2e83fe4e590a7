package io.millrace.jobs.fetch;

import static io.millrace.jobs.fetch.Served.BYTES;
import static io.millrace.jobs.fetch.Served.NAME;
import static io.millrace.jobs.fetch.Served.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.testing.ScriptedServer;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxiesTest {
  // A name that nobody has: only a proxy can answer for it.
  private static final URI FAR = URI.create("http://data.invalid/sets/");

  @TempDir Path folder;

  private List<Fetched> fetch(Map<String, String> environment)
      throws IOException, InterruptedException {
    PublicDataset dataset = Served.dataset(FAR, known(folder));
    return new Fetch(dataset, Optional.empty(), Served.QUICK, JobContext.silent(), environment)
        .into(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"})
  void fetchesThroughTheProxy(String variable) throws Exception {
    try (ScriptedServer proxy = ScriptedServer.answering((request, reply) -> reply.whole(BYTES))) {
      assertThat(fetch(Map.of(variable, proxy.address().toString()))).hasSize(1);
      assertThat(proxy.requests())
          .extracting(ScriptedServer.Request::path)
          .containsExactly(FAR + NAME);
    }
  }

  @Test
  void authenticatesAtTheProxy() throws Exception {
    try (ScriptedServer proxy =
        ScriptedServer.answering(
            (request, reply) -> {
              if (request.headers().containsKey("proxy-authorization")) {
                reply.whole(BYTES);
              } else {
                reply.head(407, "Proxy-Authenticate: Basic realm=\"x\"", "Content-Length: 0");
              }
            })) {
      String named = "ann:secret@" + proxy.address().getAuthority();
      assertThat(fetch(Map.of("http_proxy", named))).hasSize(1);
      assertThat(proxy.requests().get(1).headers())
          .containsEntry("proxy-authorization", "Basic YW5uOnNlY3JldA==");
    }
  }

  @Test
  void namesUnreachableProxy() {
    assertThatThrownBy(() -> fetch(Map.of("http_proxy", "127.0.0.1:1")))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("by the proxy 127.0.0.1:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://ann:secret@h:1", "http://", "http://a b"})
  void refusesUnsupportedProxyWithoutShowingItsPassword(String value) {
    assertThatThrownBy(() -> fetch(Map.of("all_proxy", value)))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith(
            "Cannot fetch shapes: all_proxy in the environment is not a usable proxy")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/, example, DIRECT",
    "https://a.example/, .example, DIRECT",
    "https://a.example/, '*.other, a.example', DIRECT",
    "https://a.example/, *, DIRECT",
    "https://a.example/, a.example:443, DIRECT",
    "https://a.example/, a.example:8443, HTTP",
    "https://a.example/, ample, HTTP",
    "https://127.0.0.1/, other, DIRECT",
    "https://localhost:8000/, other, DIRECT",
    "http://a.example/, other, DIRECT"
  })
  void noProxyExcludesHosts(URI url, String none, String kind) {
    assertThat(
            EnvironmentProxies.of("fetch", Map.of("https_proxy", "p:3128", "NO_PROXY", none))
                .orElseThrow()
                .select(url))
        .extracting(proxy -> proxy.type().name())
        .containsExactly(kind);
  }

  @Test
  void javaSettingsHoldWithoutVariables() {
    assertThat(EnvironmentProxies.of("fetch", Map.of("http_proxy", ""))).isEmpty();
  }
}
