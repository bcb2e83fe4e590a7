package io.millrace.bench.drill;

import io.millrace.bench.Launched;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An S3-compatible store in a process of its own, with one bucket, which is kept in memory. */
final class S3Server implements AutoCloseable {
  static final String BUCKET = "drill";

  private static final int TRIES = 300;
  private static final int OK = 200;

  private final Ground ground;
  private final Launched process;
  private final String endpoint;

  private S3Server(Ground ground, Launched process, String endpoint) {
    this.ground = ground;
    this.process = process;
    this.endpoint = endpoint;
  }

  static S3Server start(Ground ground) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(ground.scratch(), "s3");
    String endpoint = "http://127.0.0.1:" + Ports.free();
    Path properties = folder.resolve("s3proxy.conf");
    Files.writeString(
        properties,
        """
        s3proxy.endpoint=%s
        s3proxy.authorization=none
        jclouds.provider=transient
        jclouds.identity=drill
        jclouds.credential=drill
        """
            .formatted(endpoint));
    Path logging = folder.resolve("logback.xml");
    Files.writeString(logging, "<configuration><root level=\"OFF\"/></configuration>");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx2g",
            "-Dlogback.configurationFile=" + logging,
            "-cp",
            ground.jars("s3proxy"),
            "org.gaul.s3proxy.Main",
            "--properties",
            properties.toString());
    Launched process = Launched.start("s3proxy", folder, Map.of(), command);
    S3Server server = new S3Server(ground, process, endpoint);
    try {
      server.makeBucket();
      return server;
    } catch (CannotException | IOException | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  private void makeBucket() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest put =
        HttpRequest.newBuilder(URI.create(endpoint + "/" + BUCKET))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    for (int i = 0; i < TRIES && !process.endsSoon(); i++) {
      try {
        if (client.send(put, HttpResponse.BodyHandlers.discarding()).statusCode() == OK) {
          return;
        }
      } catch (ConnectException notYet) {
        // It is starting.
      }
    }
    throw new CannotException("start an S3 server", "it said: " + process.lastWords());
  }

  /** Its address. */
  URI endpoint() {
    return URI.create(endpoint);
  }

  /** A workspace on this store. */
  Site site(String name) {
    return site(name, endpoint());
  }

  /**
   * @param through the address to use, its own or a proxy's
   */
  Site site(String name, URI through) {
    List<String> flags = new ArrayList<>();
    Map.of(
            "endpoint", through.toString(),
            "path.style.access", "true",
            "access.key", "drill",
            "secret.key", "drill",
            "connection.ssl.enabled", "false")
        .forEach(
            (key, value) -> {
              flags.add("--conf");
              flags.add("spark.hadoop.fs.s3a." + key + "=" + value);
            });
    return new Site(
        "s3a://" + BUCKET + "/" + name,
        flags,
        List.of(),
        Map.of("MILLRACE_CLASSPATH", ground.jars("hadoop-aws")));
  }

  @Override
  public void close() {
    process.close();
  }
}
