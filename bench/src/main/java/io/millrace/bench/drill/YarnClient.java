package io.millrace.bench.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The quickstart on YARN, the driver here, executors in containers, its workspace on HDFS. */
record YarnClient(String name) implements Part {
  @Override
  public String run(Ground ground) throws IOException, InterruptedException {
    try (HadoopServer server = HadoopServer.start(ground, true)) {
      Path target = ground.root().resolve("jobs/target");
      Site hdfs = server.site(name);
      List<String> flags =
          List.of(
              "--master", "yarn",
              "--conf", "spark.jars=" + assembled(target),
              "--conf",
                  "spark.yarn.jars=local:%s/*,local:%s"
                      .formatted(target.resolve("spark/jars"), ground.jars("spark-yarn")),
              "--conf", "spark.driver.host=127.0.0.1",
              "--conf", "spark.executor.instances=2",
              "--conf", "spark.executor.cores=1",
              "--conf", "spark.executor.memory=1g");
      Map<String, String> environment =
          Map.of(
              "HADOOP_CONF_DIR", server.configuration().toString(),
              "MILLRACE_CLASSPATH", ground.jars("spark-yarn"));
      Site site = new Site(hdfs.workspace(), List.of(), flags, environment);
      ground.requireLocal(ground.run(site, List.of()), List.of());
      return "the quickstart on YARN in client mode, 2 executors, its workspace "
          + site.workspace();
    }
  }

  private static String assembled(Path target) throws IOException {
    try (Stream<Path> jars = Files.list(target)) {
      return jars.filter(jar -> jar.toString().endsWith("-all.jar"))
          .findFirst()
          .orElseThrow()
          .toString();
    }
  }
}
