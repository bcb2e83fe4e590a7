package io.millrace.jobs.session;

import io.millrace.jobs.spark.AdoptedContext;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.plan.Selection;
import io.millrace.pipeline.run.JobCall;
import io.millrace.pipeline.run.RunOptions;
import io.millrace.pipeline.run.RunResult;
import io.millrace.pipeline.run.Runner;
import io.millrace.pipeline.run.SoloRun;
import io.millrace.pipeline.run.StageOutcome;
import io.millrace.pipeline.run.StageResult;
import io.millrace.pipeline.spec.JobTextReader;
import io.millrace.pipeline.spec.PipelineReader;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.StageSpec;
import io.millrace.pipeline.store.Places;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apiguardian.api.API;

/**
 * Jobs and pipelines in a live Spark session, which is never stopped here and has its former
 * settings when a call returns. Calls may come from several threads; they are done one after
 * another, in the order in which they come. Relative paths are taken from the current directory of
 * the process.
 *
 * <p>{@code spark { .. }} changes nothing in a session that runs already: a setting that equals the
 * session's is accepted, one that changes no result is ignored with a notice, any other is a
 * mistake of the configuration.
 */
@API(status = API.Status.STABLE)
public final class MillraceSession {
  /** Spark has one context in a process, however many sessions there are. */
  private static final ReentrantLock TURN = new ReentrantLock(true);

  private final SparkContext live;

  private MillraceSession(SparkContext live) {
    this.live = live;
  }

  /**
   * Checks whether Millrace can work in a session; see {@link io.millrace.jobs.Millrace#on}.
   *
   * @throws CannotException if it is stopped, is another Spark than 3.5, or has another serialiser
   *     than Java's
   * @throws ConfigurationException if this process is not Java 17 on Linux on x86-64
   */
  public static MillraceSession on(SparkSession spark) {
    AdoptedContext.require(spark.sparkContext());
    return new MillraceSession(spark.sparkContext());
  }

  /**
   * Runs one job, as {@code millrace JOB --KEY VALUE .. --output DIR} does.
   *
   * @param job its name, as {@code millrace list jobs} shows it
   * @param hocon its keys, in full as in a stage of a pipeline, or by the short names of the flags
   * @param output the folder of the result, a path or URI that is not there yet or is empty
   * @throws ConfigurationException with every mistake of the keys
   * @throws CannotException if the job failed, with the sentence of the command line
   * @throws CancellationException if this thread was interrupted; the same call resumes from what
   *     is kept
   */
  public FinishedStage run(String job, String hocon, String output) {
    SessionSettings settings = SessionSettings.of(live);
    StageSpec stage = JobTextReader.read(job, hocon, output, JobCatalogue.installed(), settings);
    return inTurn(
        () -> {
          Notices notices = new Notices();
          settings.ignored(stage.settings()).forEach(it -> notices.notice(stage.name(), it));
          StageResult result =
              SoloRun.run(
                  stage,
                  Places.uri(output),
                  false,
                  settings.ofFileSystems(),
                  this::perform,
                  notices);
          if (result.outcome() == StageOutcome.FAILED) {
            throw CannotException.told(result.reason());
          }
          return FinishedStage.of(result, settings.ofFileSystems(), notices.all());
        });
  }

  /**
   * Runs a whole pipeline, as {@code millrace run FILE} does: what is up to date is skipped.
   *
   * @param hocon the text, as a pipeline file has it
   * @throws ConfigurationException with every mistake that the text shows
   * @throws PipelineFailedException if a stage failed or this thread was interrupted
   * @throws CannotException if the workspace can't be used
   */
  public FinishedPipeline run(String hocon) {
    SessionSettings settings = SessionSettings.of(live);
    PipelineSpec pipeline = PipelineReader.readText(hocon, JobCatalogue.installed(), settings);
    return inTurn(
        () -> {
          Notices notices = new Notices();
          for (StageSpec stage : pipeline.stages()) {
            settings.ignored(stage.settings()).forEach(it -> notices.notice(stage.name(), it));
          }
          RunOptions options =
              new RunOptions(Selection.ALL, 1, settings.ofFileSystems(), this::perform);
          RunResult result = Runner.run(pipeline, options, notices);
          FinishedPipeline finished =
              FinishedPipeline.of(
                  result, Places.text(result.runFolder()), settings.ofFileSystems(), notices);
          if (!result.succeeded()) {
            throw new PipelineFailedException(finished);
          }
          return finished;
        });
  }

  private <R> R inTurn(Supplier<R> work) {
    try {
      TURN.lockInterruptibly();
    } catch (InterruptedException e) {
      throw new CancellationException("Stopped before it began: another call was running");
    }
    try {
      AdoptedContext hold = SharedSpark.adopt(live);
      try {
        return work.get();
      } finally {
        hold.close();
      }
    } finally {
      TURN.unlock();
    }
  }

  /** If the session was stopped, that is the cause of any exception. */
  private JobResult perform(JobCall call, JobContext context) throws Exception {
    try {
      return call.perform(context);
    } catch (CancellationException | InterruptedException e) {
      throw e;
    } catch (Exception e) {
      if (live.isStopped()) {
        throw new CannotException(
            "run stage " + call.stage(),
            "the Spark session was stopped while it worked; open another and repeat the call",
            e);
      }
      throw e;
    }
  }
}
