package io.millrace.bench.drill;

import io.millrace.bench.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A NameNode and a DataNode, and optionally YARN's daemons, in a process of their own. */
final class HadoopServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Launched process;
  private final Path configuration;
  private final int port;

  private HadoopServer(Launched process, Path configuration, int port) {
    this.process = process;
    this.configuration = configuration;
    this.port = port;
  }

  static HadoopServer start(Ground ground, boolean yarn) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(ground.scratch(), "hadoop");
    int port = Ports.free();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    // Hadoop's own injection of dependencies defines classes by reflection.
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("-cp");
    command.add(
        String.join(
            ":",
            folder.toString(),
            ground.root().resolve("bench/target/classes").toString(),
            ground.jars("minicluster")));
    command.add(MiniHadoop.class.getName());
    command.addAll(List.of(folder.toString(), Integer.toString(port), Boolean.toString(yarn)));
    Files.writeString(folder.resolve("log4j.properties"), "log4j.rootLogger=OFF\n");
    Files.writeString(folder.resolve("capacity-scheduler.xml"), MiniHadoop.SCHEDULER);
    Launched process = Launched.start("hadoop", folder, Map.of(), command);
    try {
      process.await(folder.resolve(MiniHadoop.READY), PATIENCE);
    } catch (RuntimeException | IOException | InterruptedException e) {
      process.close();
      throw e;
    }
    return new HadoopServer(process, folder.resolve(MiniHadoop.CONFIGURATION), port);
  }

  /** A workspace on this HDFS. */
  Site site(String name) {
    return new Site("hdfs://127.0.0.1:" + port + "/" + name, List.of(), List.of(), Map.of());
  }

  /** The folder of {@code core-site.xml} and {@code yarn-site.xml} for its clients. */
  Path configuration() {
    return configuration;
  }

  @Override
  public void close() {
    process.close();
  }
}
