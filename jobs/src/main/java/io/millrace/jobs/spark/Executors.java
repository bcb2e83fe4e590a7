package io.millrace.jobs.spark;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.text.Amounts;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockManagerId;

/** Waits for the executors of an application and reports them. */
final class Executors {
  private static final String DYNAMIC = "spark.dynamicAllocation.enabled";
  private static final Duration LOOK = Duration.ofMillis(100);
  // Expected executors may not come: another application may have taken the cores.
  private static final Duration SETTLED = Duration.ofSeconds(5);
  private static final Duration REMIND = Duration.ofSeconds(20);
  private static final int HOSTS = 3;

  private final JavaSparkContext spark;
  private final ExecutorExits exits;
  private final ExecutorMemory memory;
  private final Consumer<String> notice;

  /**
   * @param exits since the application began
   * @param notice takes sentences for the person watching
   */
  Executors(JavaSparkContext spark, ExecutorExits exits, Consumer<String> notice) {
    this.spark = spark;
    this.exits = exits;
    this.memory = ExecutorMemory.of(spark.getConf());
    this.notice = notice;
  }

  /**
   * Waits until the expected number is there, or no more come, then says how many there are and how
   * much memory they may use. If the cluster is busy it waits without a limit, with a reminder now
   * and then. It does not wait if Spark allocates executors dynamically.
   *
   * @param expected how many there is room for
   * @throws CannotException if the cluster ends the application first, or every executor ends
   *     before it reaches the driver
   * @throws CancellationException if this thread was interrupted
   */
  void await(int expected) {
    if (spark.getConf().getBoolean(DYNAMIC, false)) {
      // None may come before there is work.
      notice.accept(
          "Executors are started and ended as needed (%s), each with %s."
              .formatted(DYNAMIC, memory));
      return;
    }
    long start = System.nanoTime();
    long told = start;
    long changed = start;
    int count = 0;
    while (count == 0 || (count < expected && since(changed).compareTo(SETTLED) < 0)) {
      if (spark.sc().isStopped()) {
        throw new CannotException(
            "run on " + spark.master(),
            "the cluster ended the application before an executor came (asked for: "
                + asked()
                + "); the reason is in the log of this run, of the master and of the executors: most"
                + " often a worker runs another Java than "
                + Runtime.version().feature());
      }
      if (count == 0 && exits.count() >= 2 * Math.max(2, expected)) {
        throw new CannotException("run on " + spark.master(), noneGetsHere());
      }
      int now = hosts().size();
      if (now != count) {
        count = now;
        changed = System.nanoTime();
      }
      if (count == 0 && since(told).compareTo(REMIND) > 0) {
        told = System.nanoTime();
        notice.accept(
            "Still waiting for executors of "
                + spark.master()
                + ", each of "
                + asked()
                + ": is the cluster busy, or are its workers smaller than that?"
                + " (spark.executor.memory, spark.executor.cores)");
      }
      pause();
    }
    notice.accept(sentence(hosts(), memory, GpuSettings.ofExecutor(spark.getConf())));
  }

  private String noneGetsHere() {
    List<String> hosts = exits.hosts();
    String more = hosts.size() > HOSTS ? " and " + (hosts.size() - HOSTS) + " more" : "";
    return "%d executors have started on %s%s and ended before they reached this driver; check that %s can be reached from there (or set spark.driver.host to an address that can), and that Java %d runs there; their logs are on their workers' pages"
        .formatted(
            exits.count(),
            String.join(", ", hosts.subList(0, Math.min(HOSTS, hosts.size()))),
            more,
            spark.getConf().get("spark.driver.host")
                + ":"
                + spark.getConf().get("spark.driver.port"),
            Runtime.version().feature());
  }

  private String asked() {
    SparkConf conf = spark.getConf();
    return conf.get("spark.executor.cores", "all cores of a worker")
        + (conf.contains("spark.executor.cores") ? " cores" : "")
        + " and "
        + memory
        + (GpuSettings.ofExecutor(conf) > 0 ? ", with GPUs" : "");
  }

  private List<String> hosts() {
    // The tracker also lists the driver as an executor.
    BlockManagerId driver = SparkEnv.get().blockManager().blockManagerId();
    return Arrays.stream(spark.sc().statusTracker().getExecutorInfos())
        .filter(info -> info.port() != driver.port() || !info.host().equals(driver.host()))
        .map(SparkExecutorInfo::host)
        .toList();
  }

  /**
   * @param gpus of each executor
   */
  static String sentence(List<String> hosts, ExecutorMemory memory, int gpus) {
    Map<String, Integer> perHost = new TreeMap<>();
    hosts.forEach(host -> perHost.merge(host, 1, Integer::sum));
    StringBuilder text = new StringBuilder();
    text.append(hosts.size())
        .append(hosts.size() == 1 ? " executor with " : " executors, each with ")
        .append(memory);
    if (gpus > 0) {
      text.append(", and ").append(gpus).append(gpus == 1 ? " GPU" : " GPUs");
    }
    perHost.forEach(
        (host, count) -> {
          if (count > 1) {
            text.append("; ")
                .append(Amounts.memory(count * memory.whole()))
                .append(" together on ")
                .append(host);
          }
        });
    return text.append('.').toString();
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }

  private static void pause() {
    LockSupport.parkNanos(LOOK.toNanos());
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException();
    }
  }
}
