package io.millrace.jobs.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP server on this machine that says exactly what a test wants, lies and broken connections
 * included. Every answer ends its connection.
 */
public final class ScriptedServer implements AutoCloseable {
  /** What a test answers; what it has not sent when it returns is never sent. */
  public interface Script {
    void answer(Request request, Reply reply) throws Exception;
  }

  /**
   * @param number from 1
   * @param headers by lower-case name
   */
  public record Request(int number, String path, Map<String, String> headers) {
    /** The first byte that Range asks for; 0 if all are wanted. */
    public int start() {
      String range = headers.getOrDefault("range", "bytes=0-");
      return Integer.parseInt(range.substring("bytes=".length(), range.indexOf('-')));
    }
  }

  private final ServerSocket socket;
  private final Script script;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  private ScriptedServer(ServerSocket socket, Script script) {
    this.socket = socket;
    this.script = script;
  }

  /** Starts one. */
  public static ScriptedServer answering(Script script) throws IOException {
    ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    ScriptedServer server = new ScriptedServer(socket, script);
    server.threads.execute(server::accept);
    return server;
  }

  /** Its root, with a slash at the end. */
  public URI address() {
    return URI.create(
        "http://" + socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort() + "/");
  }

  /** All requests so far. */
  public List<Request> requests() {
    return requests;
  }

  /** Blocks a script until the server is closed. */
  public void fallSilent() throws InterruptedException {
    closing.await();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        threads.execute(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
      String first = in.readLine();
      if (first == null) {
        return;
      }
      Map<String, String> headers = new TreeMap<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      Request request;
      synchronized (requests) {
        request = new Request(requests.size() + 1, first.split(" ", -1)[1], headers);
        requests.add(request);
      }
      script.answer(request, new Reply(connection.getOutputStream()));
    } catch (Exception e) {
      // The client went away, which is its right; a test looks at what the client made of it.
    }
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    socket.close();
    threads.shutdownNow();
  }

  /** The way back to the client. */
  public static final class Reply {
    private final OutputStream out;

    Reply(OutputStream out) {
      this.out = out;
    }

    /** The head of an answer, e.g. {@code head(200, "Content-Length: 3")}. */
    public Reply head(int status, String... headers) throws IOException {
      StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " x\r\nConnection: close\r\n");
      for (String header : headers) {
        text.append(header).append("\r\n");
      }
      out.write(text.append("\r\n").toString().getBytes(ISO_8859_1));
      out.flush();
      return this;
    }

    /** Bytes {@code from} to before {@code to}. */
    public Reply body(byte[] bytes, int from, int to) throws IOException {
      out.write(bytes, from, to - from);
      out.flush();
      return this;
    }

    /** The whole of it. */
    public void whole(byte[] bytes, String... headers) throws IOException {
      whole(bytes, bytes.length, headers);
    }

    /** As if it were whole, cut off before byte {@code to}. */
    public void whole(byte[] bytes, int to, String... headers) throws IOException {
      head(200, with(headers, "Content-Length: " + bytes.length)).body(bytes, 0, to);
    }

    /** The rest of it. */
    public void rest(byte[] bytes, int from, String... headers) throws IOException {
      rest(bytes, from, bytes.length, headers);
    }

    /** As if it were the whole rest, cut off before byte {@code to}. */
    public void rest(byte[] bytes, int from, int to, String... headers) throws IOException {
      String range = "Content-Range: bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length;
      head(206, with(headers, "Content-Length: " + (bytes.length - from), range))
          .body(bytes, from, to);
    }

    /** The head of a refusal without a body. */
    public void refuse(int status) throws IOException {
      head(status, "Content-Length: 0");
    }

    private static String[] with(String[] headers, String... more) {
      String[] all = Arrays.copyOf(headers, headers.length + more.length);
      System.arraycopy(more, 0, all, headers.length, more.length);
      return all;
    }
  }
}
