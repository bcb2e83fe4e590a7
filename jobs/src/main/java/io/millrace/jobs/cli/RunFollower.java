package io.millrace.jobs.cli;

import io.millrace.jobs.terminal.ProgressLines;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.history.RunHistory;
import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.history.StageRecord;
import io.millrace.pipeline.history.StageState;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.store.Workspace;
import io.millrace.pipeline.text.Amounts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the progress of a run whose driver is on another machine, from the files in its
 * workspace. It follows the pipeline's newest run as soon as a new one appears.
 */
final class RunFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunFollower.class);
  private static final int SECONDS_BETWEEN = 3;

  private final RunHistory history;
  private final String pipeline;
  private final Consumer<String> line;
  private final Optional<String> before;
  private final Map<String, StageState> told = new HashMap<>();
  private final Map<String, Integer> notices = new HashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(ProgressLines::thread);
  private Optional<String> followed = Optional.empty();

  /**
   * Begins to follow the next run.
   *
   * @param settings of Spark, to reach the workspace
   * @param line receives each line, on a thread of its own
   */
  RunFollower(PipelineSpec pipeline, Map<String, String> settings, Consumer<String> line) {
    this.history = RunHistory.of(Workspace.open(pipeline.workspace(), settings));
    this.pipeline = pipeline.name();
    this.line = line;
    this.before = history.newest().map(RunRecord::name);
  }

  /** Looks every few seconds until it is closed. */
  void begin() {
    ScheduledFuture<?> unused =
        clock.scheduleWithFixedDelay(
            this::look, SECONDS_BETWEEN, SECONDS_BETWEEN, TimeUnit.SECONDS);
  }

  /** Reports what is new. */
  synchronized void look() {
    try {
      run().ifPresent(run -> run.stages().forEach(this::tell));
    } catch (CannotException | IllegalStateException e) {
      // If the storage stays unreachable, the run itself says so at its end.
      LOG.debug("Cannot look at the run", e);
    }
  }

  private Optional<RunRecord> run() {
    if (followed.isPresent()) {
      return history.named(followed.get());
    }
    Optional<RunRecord> newer =
        history
            .newest()
            .filter(run -> run.pipeline().equals(pipeline))
            .filter(run -> !before.equals(Optional.of(run.name())));
    followed = newer.map(RunRecord::name);
    return newer;
  }

  private void tell(StageRecord stage) {
    List<String> sentences =
        stage.events().stream()
            .filter(event -> "notice".equals(event.get("event")))
            .map(event -> String.valueOf(event.get("sentence")))
            .toList();
    int known = notices.getOrDefault(stage.name(), 0);
    StageState state = stage.state();
    boolean changed = state != told.getOrDefault(stage.name(), StageState.WAITING);
    if (changed && state == StageState.RUNNING) {
      line.accept(stage.name() + ": begun");
    }
    sentences.stream().skip(known).forEach(text -> line.accept(stage.name() + ": " + text));
    notices.put(stage.name(), sentences.size());
    if (changed && state == StageState.RAN) {
      line.accept(
          "%s: ran, %s, %s"
              .formatted(stage.name(), Amounts.seconds(stage.seconds()), stage.headline()));
    } else if (changed && (state == StageState.SKIPPED || state == StageState.FAILED)) {
      line.accept(stage.name() + ": " + state.text());
    }
    told.put(stage.name(), state);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    look();
  }
}
