package io.millrace.bench.drill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy of an S3 store that leaves leases out of listings, like a store whose listings lag behind
 * its writes. So every caller gets the lock.
 */
final class StaleListing implements AutoCloseable {
  private static final Set<String> NOT_HANDED_ON =
      Set.of(
          "connection",
          "content-length",
          "date",
          "expect",
          "host",
          "http2-settings",
          "transfer-encoding",
          "upgrade");
  private static final String LEASES = ".leases";
  private static final String SUFFIX = ".json<";
  private static final String OTHER_SUFFIX = ".later<";
  private static final int NO_BODY = -1;

  private final HttpServer server;
  private final URI store;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService pool = Executors.newCachedThreadPool();

  private StaleListing(HttpServer server, URI store) {
    this.server = server;
    this.store = store;
  }

  static StaleListing of(URI store) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    StaleListing listing = new StaleListing(HttpServer.create(anyPort, 0), store);
    listing.server.createContext("/", listing::hand);
    listing.server.setExecutor(listing.pool);
    listing.server.start();
    return listing;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void hand(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI asked = exchange.getRequestURI();
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(store + asked.toString()))
              .method(
                  exchange.getRequestMethod(),
                  HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) -> {
                if (!NOT_HANDED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                  values.forEach(value -> request.header(name, value));
                }
              });
      HttpResponse<byte[]> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      byte[] body = answer.body();
      String query = asked.getRawQuery();
      if (query != null && query.contains("prefix=") && query.contains(LEASES)) {
        String listed = new String(body, StandardCharsets.UTF_8);
        body = listed.replace(SUFFIX, OTHER_SUFFIX).getBytes(StandardCharsets.UTF_8);
      }
      answer(exchange, answer, body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer, byte[] body)
      throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              boolean length = name.equalsIgnoreCase("content-length");
              if (!NOT_HANDED_ON.contains(name.toLowerCase(Locale.ROOT)) || (head && length)) {
                exchange.getResponseHeaders().put(name, List.copyOf(values));
              }
            });
    boolean none = head || body.length == 0;
    exchange.sendResponseHeaders(answer.statusCode(), none ? NO_BODY : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }
}
