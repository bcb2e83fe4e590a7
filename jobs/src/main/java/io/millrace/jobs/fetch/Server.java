package io.millrace.jobs.fetch;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.Set;

/** Sends requests, and distinguishes answers, refusals and temporary failures. */
final class Server {
  /** What to do when an address can't be used. */
  static final String ELSEWHERE = "try a mirror with --from URL (in a stage: the key from)";

  private static final Set<Integer> ANSWERS = Set.of(Answer.OK, Answer.PART, Answer.NO_SUCH_RANGE);
  private static final int TIMEOUT = 408;
  private static final int TOO_EARLY = 425;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private final HttpClient client;
  private final Patience patience;
  private final Optional<EnvironmentProxies> proxies;

  /**
   * @param proxies empty if Java's own settings apply
   */
  Server(Patience patience, Optional<EnvironmentProxies> proxies) {
    this.patience = patience;
    this.proxies = proxies;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience.connect());
    proxies.ifPresent(builder::proxy);
    proxies.flatMap(EnvironmentProxies::authenticator).ifPresent(builder::authenticator);
    this.client = builder.build();
  }

  /**
   * Requests a file.
   *
   * @param range the value of Range, if only a part is wanted
   * @param version the value of If-Range
   * @throws LostTry for a temporary failure
   * @throws CannotException for a refusal
   */
  Answer ask(String what, URI url, Optional<String> range, Optional<String> version)
      throws LostTry, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(patience.stall())
            // Ranges and checksums are those of the file itself, not of a compressed form.
            .header("Accept-Encoding", "identity");
    range.ifPresent(value -> request.header("Range", value));
    version.ifPresent(value -> request.header("If-Range", value));
    Answer answer;
    try {
      HttpResponse.BodyHandler<StreamedBody> body = head -> new StreamedBody();
      answer = Answer.of(client.send(request.build(), body));
    } catch (IOException e) {
      throw new LostTry(why(e, url), e);
    }
    int status = answer.status();
    if (ANSWERS.contains(status)) {
      return answer;
    }
    answer.close();
    if (status >= SERVER_ERROR || status == TIMEOUT || status == TOO_EARLY || status == TOO_MANY) {
      throw new LostTry("the server answered " + status);
    }
    throw new CannotException(
        what, "the server answers " + status + meaning(status) + " for " + url + "; " + ELSEWHERE);
  }

  private static String meaning(int status) {
    return switch (status) {
      case 401, 403 -> " (not allowed)";
      case 404, 410 -> " (not there)";
      case 407 ->
          " (the proxy requires a name and password: http_proxy=http://NAME:PASSWORD@HOST:PORT)";
      default -> "";
    };
  }

  private String why(IOException e, URI url) {
    return reason(e, url) + proxies.map(it -> it.between(url)).orElse("");
  }

  private String reason(IOException e, URI url) {
    if (e instanceof HttpConnectTimeoutException) {
      return "no connection within " + Amounts.duration(patience.connect());
    }
    if (e instanceof HttpTimeoutException) {
      return "no answer within " + Amounts.duration(patience.stall());
    }
    if (e instanceof ConnectException) {
      for (Throwable t = e; t != null; t = t.getCause()) {
        if (t instanceof UnresolvedAddressException) {
          return "the host " + url.getHost() + " is unknown";
        }
      }
      return "there is no connection to " + url.getAuthority();
    }
    return "the connection failed (" + e.getMessage() + ")";
  }
}
