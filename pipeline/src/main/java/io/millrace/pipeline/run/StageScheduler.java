package io.millrace.pipeline.run;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.plan.Decision;
import io.millrace.pipeline.plan.Planner;
import io.millrace.pipeline.spec.StageSpec;
import io.millrace.pipeline.store.StoredArtifact;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs the stages in order, each as soon as its inputs are made, several at a time. */
final class StageScheduler {
  private static final String NOT_STARTED = "not started: ";
  private static final String STOPPED = NOT_STARTED + "the run was stopped";

  private final Planner planner;
  private final StageWork work;
  private final Function<StageSpec, String> reproduce;
  private final Consumer<StageResult> ended;
  private final Map<String, StageResult> results = new HashMap<>();
  private final Map<String, Decision> decisions = new HashMap<>();
  private final Map<String, String> digests = new HashMap<>();
  private final Map<String, URI> artifacts = new HashMap<>();
  private boolean stopped;

  /**
   * @param ended receives every stage's result, on the thread that called {@link #run}
   */
  StageScheduler(
      Planner planner,
      StageWork work,
      Function<StageSpec, String> reproduce,
      Consumer<StageResult> ended) {
    this.planner = planner;
    this.work = work;
    this.reproduce = reproduce;
    this.ended = ended;
  }

  /** Whether this thread was interrupted, so that no more stages were started. */
  boolean wasStopped() {
    return stopped;
  }

  /**
   * Runs the stages; returns every stage's result in the order of the plan. An interrupt of this
   * thread stops the running stages.
   */
  List<StageResult> run(int parallel) {
    ExecutorService pool = Executors.newFixedThreadPool(parallel);
    try {
      CompletionService<StageWork.Done> running = new ExecutorCompletionService<>(pool);
      List<StageSpec> waiting = new ArrayList<>(planner.selected());
      int busy = 0;
      while (!stopped && (!waiting.isEmpty() || busy > 0)) {
        // One pass in topological order handles everything that follows from skips and failures.
        for (StageSpec stage : List.copyOf(waiting)) {
          Optional<StageResult> settled = withoutRunning(stage);
          if (settled.isPresent()) {
            waiting.remove(stage);
            finish(settled.get());
          } else if (busy < parallel && decisions.containsKey(stage.name())) {
            waiting.remove(stage);
            start(running, stage);
            busy++;
          }
        }
        if (busy > 0) {
          Optional<StageResult> next = next(running);
          next.ifPresent(this::finish);
          busy -= next.isPresent() ? 1 : 0;
        }
      }
      stop(pool);
      for (Future<StageWork.Done> last = running.poll(); last != null; last = running.poll()) {
        finish(ended(last));
      }
      planner.selected().stream()
          .filter(stage -> !results.containsKey(stage.name()))
          .forEach(stage -> finish(failure(stage, STOPPED)));
    } finally {
      stop(pool);
    }
    return planner.selected().stream().map(stage -> results.get(stage.name())).toList();
  }

  /** The stage's result, if it is skipped or can't start; empty if it waits or must run. */
  private Optional<StageResult> withoutRunning(StageSpec stage) {
    if (!results.keySet().containsAll(stage.upstream())) {
      return Optional.empty();
    }
    Optional<StageResult> failed =
        stage.upstream().stream()
            .map(results::get)
            .filter(result -> result.outcome() == StageOutcome.FAILED)
            .findFirst();
    if (failed.isPresent()) {
      String why = failed.get().reason();
      boolean farther = why.startsWith(NOT_STARTED);
      return Optional.of(
          failure(stage, farther ? why : NOT_STARTED + "@" + failed.get().name() + " failed"));
    }
    if (decisions.containsKey(stage.name())) {
      return Optional.empty();
    }
    try {
      return decided(stage, planner.decide(stage, digests));
    } catch (CannotException e) {
      return Optional.of(failure(stage, e.getMessage()));
    }
  }

  private Optional<StageResult> decided(StageSpec stage, Decision decision) {
    return switch (decision.planned().outcome()) {
      case SKIP -> {
        StoredArtifact artifact = decision.artifact().orElseThrow();
        remember(stage.name(), artifact);
        yield Optional.of(
            new StageResult(
                stage.name(),
                stage.job().name(),
                StageOutcome.SKIPPED,
                decision.planned().reason(),
                0,
                Optional.of(artifact.folder()),
                artifact.manifest().metrics(),
                artifact.manifest().headline()));
      }
      case RUN -> {
        decisions.put(stage.name(), decision);
        yield Optional.empty();
      }
      case RUN_UNLESS_UNCHANGED ->
          throw new IllegalStateException(stage.name() + " was decided before its inputs");
    };
  }

  private static StageResult failure(StageSpec stage, String reason) {
    return new StageResult(
        stage.name(),
        stage.job().name(),
        StageOutcome.FAILED,
        reason,
        0,
        Optional.empty(),
        Map.of(),
        "");
  }

  private void start(CompletionService<StageWork.Done> running, StageSpec stage) {
    Decision decision = decisions.get(stage.name());
    Map<String, URI> inputs = new HashMap<>();
    stage.upstream().forEach(up -> inputs.put(up, artifacts.get(up)));
    Future<StageWork.Done> unused =
        running.submit(() -> work.run(decision, inputs, reproduce.apply(stage)));
  }

  /** The next stage's result; empty if this thread is interrupted first. */
  private Optional<StageResult> next(CompletionService<StageWork.Done> running) {
    try {
      return Optional.of(ended(running.take()));
    } catch (InterruptedException e) {
      stopped = true;
      return Optional.empty();
    }
  }

  private StageResult ended(Future<StageWork.Done> stage) {
    try {
      StageWork.Done done = stage.get();
      done.artifact().ifPresent(artifact -> remember(done.result().name(), artifact));
      return done.result();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("stages that have ended fail by their result", e);
    }
  }

  private void remember(String stage, StoredArtifact artifact) {
    digests.put(stage, artifact.manifest().digest());
    artifacts.put(stage, artifact.folder());
  }

  private void finish(StageResult result) {
    StageResult judged = judged(result);
    results.put(result.name(), judged);
    ended.accept(judged);
  }

  /**
   * A result that is not as expected is kept and the stage has failed, also when the result was
   * made by an earlier run.
   */
  private StageResult judged(StageResult result) {
    if (result.outcome() == StageOutcome.FAILED) {
      return result;
    }
    List<String> failures =
        planner.selected().stream()
            .filter(stage -> stage.name().equals(result.name()))
            .flatMap(stage -> stage.expect().stream())
            .flatMap(expectation -> expectation.failure(result.metrics()).stream())
            .toList();
    return failures.isEmpty() ? result : result.failed(refusal(result.name(), failures));
  }

  private static String refusal(String stage, List<String> failures) {
    return new CannotException("accept the result of stage " + stage, String.join("; ", failures))
        .getMessage();
  }

  /** Waits for all jobs: the workspace's lock must be held while a job still writes. */
  private static void stop(ExecutorService pool) {
    pool.shutdownNow();
    boolean interrupted = Thread.interrupted();
    while (!pool.isTerminated()) {
      try {
        interrupted |= !pool.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
