package io.millrace.jobs.spark;

import io.millrace.pipeline.CannotException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/** Runs one Spark task for each input and passes on each result as soon as it is there. */
public final class SparkTasks {
  private SparkTasks() {}

  /** The work of a task; it is sent to the executors. */
  @FunctionalInterface
  public interface Task<T, R> extends Serializable {
    /**
     * Does the work on one input.
     *
     * @throws CannotException to end the whole job with it; it is not repeated
     * @throws Exception to fail the task; Spark may try it again elsewhere
     */
    R apply(T input) throws Exception;
  }

  /**
   * All results in the order of the inputs.
   *
   * @param description what Spark's own pages call the work
   * @param inputs one a task, serialisable
   * @param done called on one thread at a time, in the order in which the tasks end
   * @throws CannotException that a task threw, as it threw it: of several the one whose input comes
   *     first, as soon as all inputs before it are done; or if an executor is not of this process's
   *     Java, Millrace or instruction set, or executors are lost again and again. No task of the
   *     job runs in this process then
   * @throws CancellationException if this thread was interrupted; its interrupt flag is cleared,
   *     since Spark can't clean up while it is set
   */
  public static <T, R> List<R> run(
      JavaSparkContext spark,
      String description,
      List<T> inputs,
      Task<T, R> task,
      Consumer<R> done) {
    if (inputs.isEmpty()) {
      return List.of();
    }
    List<Object> partitions = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      partitions.add(i);
    }
    RDD<T> rdd = StageResources.apply(spark.sc(), spark.parallelize(inputs, inputs.size()).rdd());
    Arrivals<R> arrivals = new Arrivals<>(inputs.size(), done);
    String job = UUID.randomUUID().toString();
    try (LocalTasks local = LocalTasks.of(job)) {
      return inGroup(
          spark,
          job,
          description,
          () -> {
            try {
              spark
                  .sc()
                  .runJob(
                      rdd,
                      new OneInput<>(task, Platform.here(), job),
                      JavaConverters.asScalaBuffer(partitions).toSeq(),
                      arrivals,
                      ClassTag$.MODULE$.apply(Object.class));
            } catch (Exception e) {
              if (arrivals.isOver()) {
                // Otherwise the remaining tasks would still begin.
                spark.cancelJobGroup(job);
                local.awaitEnd();
              }
              throw e;
            }
            return arrivals.results();
          });
    }
  }

  /**
   * Runs jobs of another library on Spark, with the same description, end and errors.
   *
   * @param description what Spark's own pages call the work
   * @param work runs its jobs on this thread
   * @throws CannotException that a task threw, as it threw it; or if executors are lost again and
   *     again
   * @throws CancellationException if this thread was interrupted; its interrupt flag is cleared,
   *     since Spark can't clean up while it is set
   */
  public static <R> R grouped(JavaSparkContext spark, String description, Callable<R> work) {
    return inGroup(spark, UUID.randomUUID().toString(), description, work);
  }

  private static <R> R inGroup(
      JavaSparkContext spark, String group, String description, Callable<R> work) {
    // Tasks are not interrupted: a picture whose reading is interrupted must not be taken for a
    // damaged one.
    spark.setJobGroup(group, description, false);
    try (LostExecutors.Work watched = SharedSpark.losses().begin(spark, group, description)) {
      try {
        R result = work.call();
        watched.done();
        return result;
      } catch (CannotException e) {
        throw e;
      } catch (RuntimeException e) {
        throw watched.why(e).<RuntimeException>map(why -> why).orElse(e);
      } catch (Exception e) {
        if (e instanceof InterruptedException) {
          spark.cancelJobGroup(group);
          throw new CancellationException();
        }
        // Scala throws SparkException without declaring it.
        throw watched.why(e).<RuntimeException>map(why -> why).orElseGet(() -> whatTheTaskThrew(e));
      }
    }
  }

  private static RuntimeException whatTheTaskThrew(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CannotException cannot) {
        return cannot;
      }
    }
    Optional<CannotException> incompatible = IncompatibleExecutor.told(failure);
    if (incompatible.isPresent()) {
      return incompatible.get();
    }
    if (OutOfMemory.isIn(failure)) {
      return OutOfMemory.sentence(failure);
    }
    return new IllegalStateException(failure.getMessage(), failure);
  }

  private static final class OneInput<T, R>
      extends AbstractFunction2<TaskContext, scala.collection.Iterator<T>, Object>
      implements Serializable {
    private static final long serialVersionUID = 1L;
    private final Task<T, R> task;
    private final Platform driver;
    private final String job;

    OneInput(Task<T, R> task, Platform driver, String job) {
      this.task = task;
      this.driver = driver;
      this.job = job;
    }

    /** A result, or a {@link Refused}. */
    @Override
    public Object apply(TaskContext context, scala.collection.Iterator<T> inputs) {
      Optional<CannotException> refusal = driver.refusalHere();
      if (refusal.isPresent()) {
        return Refused.of(refusal.get());
      }
      Iterator<T> one = JavaConverters.asJavaIterator(inputs);
      Runnable end = LocalTasks.begin(job);
      try {
        return task.apply(one.next());
      } catch (CannotException e) {
        return Refused.of(e);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new TaskFailure(e);
      } finally {
        end.run();
      }
    }
  }

  /** Carries a task's checked exception through Spark. */
  private static final class TaskFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TaskFailure(Exception cause) {
      super(cause.toString(), cause);
    }
  }
}
