package io.millrace.jobs.spark;

import io.millrace.jobs.natives.CodecLibraries;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.store.StorageFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.util.Utils$;

/**
 * The one Spark context of this JVM: opened by the first job that needs it, or that of a live
 * session, which is opened and stopped elsewhere.
 */
public final class SharedSpark {
  static final String LOOPBACK = "127.0.0.1";
  private static final String SPARK = "spark.";
  private static final String MASTER = "spark.master";
  private static final List<String> OF_ONE_DRIVER =
      List.of("spark.app.", "spark.submit.", "spark.yarn.app.");
  private static JavaSparkContext context;
  private static Path local;
  private static Optional<AdoptedContext> adopted = Optional.empty();
  // Not added as a listener, so that it reports nothing: right if all work is done in this process.
  private static volatile LostExecutors losses = new LostExecutors();

  private SharedSpark() {}

  /**
   * The context, opened now if it is not yet. A master set by spark-submit wins over {@code
   * spark.master} in the request's settings, which wins over {@code local[*]}.
   *
   * @param context gets notices of the executors that came, and of those that are lost while this
   *     thread works on Spark
   * @throws CannotException if Spark does not start, or the live session is stopped
   */
  public static JavaSparkContext context(JobRequest<?> request, JobContext context) {
    String what = "run stage " + request.stage();
    JavaSparkContext spark = context(request.settings(), request.scratch(), what, context);
    StageResources.note(spark.sc(), request.settings());
    return spark;
  }

  /**
   * The same for work outside of a pipeline's job.
   *
   * @param settings flat keys; those that begin with {@code spark.} are Spark's
   * @param scratch a local folder; temporary files go beside it
   * @param what is done, after "cannot"
   * @throws CannotException if Spark does not start
   */
  public static JavaSparkContext context(
      Map<String, String> settings, URI scratch, String what, JobContext context) {
    JavaSparkContext spark = opened(settings, scratch, context::notice);
    LostExecutors.workFor(what, context);
    return spark;
  }

  /**
   * The same for work whose lost executors are not reported.
   *
   * @param settings flat keys; those that begin with {@code spark.} are Spark's
   * @param scratch a local folder; temporary files go beside it
   * @param notice takes a sentence on which executors came; none where there are no others
   * @throws CannotException if Spark does not start
   */
  public static JavaSparkContext context(
      Map<String, String> settings, URI scratch, Consumer<String> notice) {
    JavaSparkContext spark = opened(settings, scratch, notice);
    LostExecutors.workForNobody();
    return spark;
  }

  private static synchronized JavaSparkContext opened(
      Map<String, String> settings, URI scratch, Consumer<String> notice) {
    if (adopted.isPresent()) {
      return adopted.get().live();
    }
    // Spark can't work without this folder, which may have been removed with the work that it was
    // opened for.
    if (context == null || context.sc().isStopped() || Files.notExists(local)) {
      stop();
      local = localFolder(Path.of(scratch.getPath()));
      makeFolder(local);
      CodecLibraries.load();
      SparkConf conf = configuration(settings, local);
      String master = conf.get(MASTER);
      int expected =
          master.startsWith(StandaloneMaster.SCHEME)
              ? new StandaloneMaster(master, conf).executors()
              : 1;
      boolean ready = false;
      try (ExecutorExits exits = ExecutorExits.watch()) {
        context = started(conf);
        TrainingGauges.register();
        losses = isLocal(master) ? new LostExecutors() : LostExecutors.watch(context);
        if (!isLocal(master)) {
          new Executors(context, exits, notice).await(expected);
        }
        ready = true;
      } finally {
        if (!ready) {
          // The next stage must not get a context without executors.
          stop();
        }
      }
    }
    return context;
  }

  /**
   * Uses a live context until the returned object is closed; it is never stopped here.
   *
   * @throws CannotException if it can't be used, or another is in use
   */
  public static synchronized AdoptedContext adopt(SparkContext live) {
    if (adopted.isPresent()) {
      throw new CannotException(
          "work in this Spark session", "another call is using it; wait until that has ended");
    }
    AdoptedContext hold = AdoptedContext.hold(live);
    adopted = Optional.of(hold);
    losses = hold.losses();
    return hold;
  }

  static synchronized void release() {
    adopted = Optional.empty();
    losses = new LostExecutors();
  }

  /** The lost executors of the context that was opened last. */
  static LostExecutors losses() {
    return losses;
  }

  /**
   * The folder of this process, driver or executor, for files that are removed with the
   * application, beside Spark's own blocks. Empty if Spark does not run.
   */
  public static Optional<Path> localFolder() {
    return Optional.ofNullable(SparkEnv.get())
        .map(here -> here.blockManager().diskBlockManager().localDirs()[0].toPath());
  }

  /** Spark's settings in this process, driver or executor; empty if Spark does not run. */
  public static Optional<SparkConf> told() {
    return Optional.ofNullable(SparkEnv.get()).map(SparkEnv::conf);
  }

  /** Whether spark-submit started this process. */
  public static boolean isSubmitted() {
    return Boolean.getBoolean("SPARK_SUBMIT");
  }

  /** Processors that Spark has assigned to the task on this thread; 1 if there is no task. */
  public static int processorsOfTask() {
    TaskContext task = TaskContext.get();
    return task == null ? 1 : Math.max(1, task.cpus());
  }

  private static Path localFolder(Path scratch) {
    String name = "spark-" + UUID.randomUUID();
    // Beside the first stage's scratch folder, not in it: that is removed with its stage, but
    // Spark's blocks must last as long as the context.
    Path beside = scratch.resolveSibling(name);
    // Spark takes the text after a comma for another folder.
    return beside.toString().contains(",")
        ? Path.of(System.getProperty("java.io.tmpdir"), "millrace-" + name)
        : beside;
  }

  private static JavaSparkContext started(SparkConf conf) {
    try {
      DriverHeap.require(conf);
      forgetLocalFolders();
      return new JavaSparkContext(conf);
    } catch (CannotException e) {
      throw e;
    } catch (Exception e) {
      // Scala throws SparkException without declaring it.
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
      throw new CannotException(
          "start Spark on " + conf.get(MASTER), why + "; fix --master or --conf", e);
    }
  }

  private static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw StorageFailure.cannot("start Spark", folder.toString(), e);
    }
  }

  /** Ends the context that was opened here, if there is one, and removes its temporary files. */
  public static synchronized void stop() {
    if (context != null) {
      context.stop();
      context = null;
      forgetLocalFolders();
    }
    if (local != null) {
      FileUtil.fullyDelete(local.toFile());
      local = null;
    }
  }

  /**
   * Spark keeps them for the whole process, so that the next context would use the folders of the
   * last.
   */
  private static void forgetLocalFolders() {
    Utils$.MODULE$.clearLocalRootDirs();
  }

  private static SparkConf configuration(Map<String, String> settings, Path local) {
    // Read from Java's properties: Spark's settings can't be read before the name of this machine
    // is set.
    String submitted = System.getProperty(MASTER, "");
    String master = submitted.isEmpty() ? settings.getOrDefault(MASTER, "local[*]") : submitted;
    DriverHost.tell(
        master,
        Optional.ofNullable(settings.get(DriverHost.KEY))
            .or(() -> Optional.ofNullable(System.getProperty(DriverHost.KEY))),
        System.getenv());
    SparkConf conf = new SparkConf(true);
    conf.setIfMissing("spark.app.name", "millrace");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.local.dir", local.toString());
    // The states of all workers come back in one job: with large networks over Spark's 1 GB.
    conf.setIfMissing("spark.driver.maxResultSize", "0");
    // What Spark itself shows of its settings, in its log and on its pages.
    conf.setIfMissing("spark.redaction.regex", "(?i)password|secret|token|key");
    // OpenCV in executors must not print what the quarantine records.
    conf.setIfMissing("spark.executorEnv.OPENCV_LOG_LEVEL", "SILENT");
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(SPARK)) {
            conf.set(key, value);
          }
        });
    // A site's defaults may name Kryo, which can serialise neither records nor Deeplearning4j's
    // arrays.
    conf.set("spark.serializer", JavaSerializer.class.getName());
    conf.set(MASTER, master);
    GpuSettings.check(conf);
    if (isLocal(master)) {
      // A task without enough memory fails, but must not end the process, which reports why.
      conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
      // No other machine needs to reach it.
      conf.setIfMissing(DriverHost.KEY, LOOPBACK);
      conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
    } else {
      DriverUser.requireName(master);
      ClusterSettings.apply(conf, master, System.getenv());
    }
    return conf;
  }

  /**
   * Adds settings to those that spark-submit gave this process, if it was started so;
   * spark-submit's master is kept. Settings of this driver alone, such as its id and its mode, are
   * left out.
   */
  public static Map<String, String> overSubmitted(Map<String, String> settings) {
    // Read from Java's properties: using Spark's classes first here would send its log to the
    // terminal.
    Properties submitted = System.getProperties();
    Map<String, String> all = new TreeMap<>();
    for (String key : submitted.stringPropertyNames()) {
      if (key.startsWith(SPARK) && OF_ONE_DRIVER.stream().noneMatch(key::startsWith)) {
        all.put(key, submitted.getProperty(key));
      }
    }
    all.putAll(settings);
    if (submitted.containsKey(MASTER)) {
      all.put(MASTER, submitted.getProperty(MASTER));
    }
    return all;
  }

  /** Whether the work is done by threads of this process; false for {@code local-cluster}. */
  public static boolean isLocal(String master) {
    return master.equals("local") || master.startsWith("local[");
  }
}
