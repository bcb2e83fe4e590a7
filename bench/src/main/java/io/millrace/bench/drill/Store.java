package io.millrace.bench.drill;

import java.io.IOException;

/** The stores that a workspace can be on, each as a server of its own. */
enum Store {
  HDFS {
    @Override
    Open open(Ground ground) throws IOException, InterruptedException {
      HadoopServer server = HadoopServer.start(ground, false);
      return new Open(server, server::site);
    }
  },
  S3 {
    @Override
    Open open(Ground ground) throws IOException, InterruptedException {
      S3Server server = S3Server.start(ground);
      return new Open(server, server::site);
    }
  };

  /** A running server; closing it deletes all its data. */
  static final class Open implements AutoCloseable {
    private interface Sites {
      Site of(String name);
    }

    private final AutoCloseable server;
    private final Sites sites;

    private Open(AutoCloseable server, Sites sites) {
      this.server = server;
      this.sites = sites;
    }

    /** A workspace of that name. */
    Site site(String name) {
      return sites.of(name);
    }

    @Override
    public void close() throws IOException {
      try {
        server.close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  /** Starts a server. */
  abstract Open open(Ground ground) throws IOException, InterruptedException;
}
