package io.millrace.bench.drill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The quickstart on YARN, executors in containers, its workspace on HDFS.
 *
 * @param deployMode where the driver runs: {@code client} is here, {@code cluster} in a container
 */
record Yarn(String name, String deployMode) implements Part {
  @Override
  public String run(Ground ground) throws IOException, InterruptedException {
    try (HadoopServer server = HadoopServer.start(ground, true)) {
      Path target = ground.root().resolve("jobs/target");
      Site hdfs = server.site(name);
      List<String> flags =
          List.of(
              "--master", "yarn",
              "--deploy-mode", deployMode,
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
      return "the quickstart on YARN in "
          + deployMode
          + " mode, 2 executors, its workspace "
          + site.workspace();
    }
  }
}
