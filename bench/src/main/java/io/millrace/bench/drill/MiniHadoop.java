package io.millrace.bench.drill;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/** The main class of the process of {@link HadoopServer}; it runs until it is killed. */
final class MiniHadoop {
  /** The file that is made when all servers answer. */
  static final String READY = "ready";

  /** The folder of the clients' configuration. */
  static final String CONFIGURATION = "conf";

  /** One queue that a single application may fill. */
  static final String SCHEDULER =
      """
      <configuration>
        <property><name>yarn.scheduler.capacity.root.queues</name><value>default</value></property>
        <property><name>yarn.scheduler.capacity.root.default.capacity</name><value>100</value></property>
        <property><name>yarn.scheduler.capacity.maximum-am-resource-percent</name><value>0.9</value></property>
      </configuration>
      """;

  private static final int MEMORY_MB = 12288;
  private static final int CORES = 8;

  private MiniHadoop() {}

  /**
   * @param arguments a folder, the NameNode's port, and whether YARN is to run
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Configuration hdfs = new Configuration();
    hdfs.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("dfs").toString());
    MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(hdfs)
            .nameNodePort(Integer.parseInt(arguments[1]))
            .numDataNodes(1)
            .build();
    cluster.waitActive();
    Path conf = Files.createDirectories(folder.resolve(CONFIGURATION));
    Configuration core = new Configuration(false);
    core.set(CommonConfigurationKeysPublic.FS_DEFAULT_NAME_KEY, "file:///");
    write(core, conf.resolve("core-site.xml"));
    if (Boolean.parseBoolean(arguments[2])) {
      write(yarn(), conf.resolve("yarn-site.xml"));
    }
    Files.createFile(folder.resolve(READY));
    while (true) {
      LockSupport.park();
    }
  }

  private static Configuration yarn() {
    Configuration wanted = new YarnConfiguration();
    wanted.set(YarnConfiguration.RM_HOSTNAME, "localhost");
    wanted.setBoolean(YarnConfiguration.NM_PMEM_CHECK_ENABLED, false);
    wanted.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
    // MiniYARNCluster overwrites the real node manager's key with this one.
    wanted.setInt(YarnConfiguration.YARN_MINICLUSTER_NM_PMEM_MB, MEMORY_MB);
    wanted.setInt(YarnConfiguration.NM_VCORES, CORES);
    wanted.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, 1);
    wanted.setFloat(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, 99);
    MiniYARNCluster yarn = new MiniYARNCluster("drill", 1, 1, 1);
    yarn.init(wanted);
    yarn.start();
    return yarn.getConfig();
  }

  private static void write(Configuration configuration, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      configuration.writeXml(out);
    }
  }
}
