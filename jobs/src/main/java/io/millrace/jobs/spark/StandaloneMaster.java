package io.millrace.jobs.spark;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.text.Amounts;
import java.net.ConnectException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.DeployMessages.MasterStateResponse;
import org.apache.spark.deploy.DeployMessages.RequestMasterState$;
import org.apache.spark.deploy.master.RecoveryState;
import org.apache.spark.deploy.master.WorkerInfo;
import org.apache.spark.deploy.master.WorkerResourceInfo;
import org.apache.spark.internal.config.package$;
import org.apache.spark.rpc.RpcAddress;
import org.apache.spark.rpc.RpcEnv;
import scala.Option;
import scala.reflect.ClassTag$;

/**
 * Asks the master of a standalone cluster before Spark starts. Spark itself would try for a minute,
 * or for ever if the secret is wrong or every worker is too small, without saying why.
 */
final class StandaloneMaster {
  static final String SCHEME = "spark://";
  private static final String ENDPOINT = "Master";
  private static final int PATIENCE_SECONDS = 10;
  private static final int MEGABYTE = 20;

  private final String master;
  private final SparkConf conf;

  /**
   * @param master {@code spark://host:port}, or several addresses of one with commas
   * @param settings of the application
   */
  StandaloneMaster(String master, SparkConf settings) {
    String patience = PATIENCE_SECONDS + "s";
    this.master = master;
    this.conf =
        settings
            .clone()
            .set("spark.rpc.lookupTimeout", patience)
            .set("spark.rpc.askTimeout", patience)
            .set("spark.rpc.io.connectionTimeout", patience)
            .set("spark.rpc.io.maxRetries", "0");
  }

  /**
   * How many executors it has room for now; 0 if other applications use everything.
   *
   * @throws CannotException if it does not answer or no worker is large enough
   */
  int executors() {
    SecurityManager security =
        new SecurityManager(conf, Option.empty(), package$.MODULE$.AUTH_SECRET_FILE());
    String host = conf.get(DriverHost.KEY, SharedSpark.LOOPBACK);
    RpcEnv rpc = RpcEnv.create("millrace-asks", host, 0, conf, security, true);
    try {
      return room(Arrays.asList(reached(rpc).workers()));
    } finally {
      rpc.shutdown();
    }
  }

  /** The active one of several masters; the others stand by and have no workers. */
  private MasterStateResponse reached(RpcEnv rpc) {
    Optional<Exception> refused = Optional.empty();
    boolean standsBy = false;
    for (String address : master.substring(SCHEME.length()).split(",", -1)) {
      try {
        MasterStateResponse state =
            rpc.setupEndpointRef(RpcAddress.fromSparkURL(SCHEME + address), ENDPOINT)
                .askSync(
                    RequestMasterState$.MODULE$,
                    ClassTag$.MODULE$.apply(MasterStateResponse.class));
        if (!state.status().equals(RecoveryState.STANDBY())) {
          return state;
        }
        standsBy = true;
      } catch (Exception e) {
        // Scala throws SparkException and TimeoutException without declaring them.
        refused = Optional.of(e);
      }
    }
    if (standsBy) {
      throw new CannotException(
          "run on " + master, "it is a standby master; name the active one, too, after a comma");
    }
    Exception last = refused.orElseThrow();
    throw new CannotException("reach the Spark master " + master, why(last), last);
  }

  private String why(Exception refused) {
    boolean listens =
        Stream.iterate((Throwable) refused, cause -> cause != null, Throwable::getCause)
            .noneMatch(ConnectException.class::isInstance);
    if (!listens) {
      return "nothing listens there; start it (sbin/start-cluster.sh) or correct --master";
    }
    return conf.getBoolean("spark.authenticate", false)
        ? "it does not take this spark.authenticate.secret, or asks for none; give both sides the"
            + " same spark.authenticate, spark.authenticate.secret and"
            + " spark.network.crypto.enabled"
        : "something listens there and gives no answer; if the cluster asks for a secret, give"
            + " spark.authenticate=true and spark.authenticate.secret with --properties-file";
  }

  private int room(List<WorkerInfo> all) {
    List<WorkerInfo> workers = all.stream().filter(WorkerInfo::isAlive).toList();
    ExecutorMemory memory = ExecutorMemory.of(conf);
    int heap = (int) (memory.heap() >> MEGABYTE);
    Optional<Integer> cores =
        Optional.ofNullable(conf.get("spark.executor.cores", null)).map(Integer::valueOf);
    int atLeast = Math.max(cores.orElse(1), conf.getInt("spark.task.cpus", 1));
    boolean fits = workers.stream().anyMatch(it -> it.memory() >= heap && it.cores() >= atLeast);
    if (!fits) {
      throw new CannotException(
          "run on " + master,
          workers.isEmpty()
              ? "it has no worker; start some (sbin/start-cluster.sh)"
              : "an executor asks for "
                  + Amounts.memory(memory.heap())
                  + " of heap and "
                  + atLeast
                  + (atLeast == 1 ? " core" : " cores")
                  + ", and none of its "
                  + workers.size()
                  + " workers has as much; lower spark.executor.memory, spark.executor.cores or"
                  + " spark.task.cpus, or start larger workers");
    }
    int gpus = GpuSettings.ofExecutor(conf);
    if (workers.stream().noneMatch(it -> gpus(it) >= gpus)) {
      throw new CannotException(
          "run on " + master,
          "an executor asks for %d GPU%s (%s), and none of its %d workers offers %s; start them where there are GPUs, with sbin/start-cluster.sh --gpus all, or leave the key out"
              .formatted(
                  gpus,
                  gpus == 1 ? "" : "s",
                  GpuSettings.OF_EXECUTOR,
                  workers.size(),
                  gpus == 1 ? "one" : "as many"));
    }
    return workers.stream()
        .filter(it -> it.memoryFree() >= heap && gpus(it) >= gpus)
        .mapToInt(
            it ->
                Math.min(
                    cores.map(c -> it.coresFree() / c).orElse(it.coresFree() > 0 ? 1 : 0),
                    gpus == 0 ? Integer.MAX_VALUE : gpus(it) / gpus))
        .sum();
  }

  private static int gpus(WorkerInfo worker) {
    Option<WorkerResourceInfo> gpus = worker.resources().get(GpuSettings.NAME);
    return gpus.isEmpty() ? 0 : gpus.get().addresses().size();
  }
}
