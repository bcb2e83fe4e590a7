package io.millrace.pipeline.clean;

import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.history.RunState;
import io.millrace.pipeline.history.StageRecord;
import io.millrace.pipeline.plan.Decision;
import io.millrace.pipeline.store.StoredArtifact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What runs and pipelines need in a workspace. */
final class Needs {
  private final Set<String> runs = new HashSet<>();
  private final Map<Work, String> results = new HashMap<>();
  private final Set<Work> unfinished = new HashSet<>();

  /**
   * Adds what the runs that stay used or were making: of each pipeline the newest, the newest that
   * succeeded, and those in progress.
   *
   * @param history newest first
   * @param keep how many of each pipeline stay
   */
  void addRuns(List<RunRecord> history, int keep) {
    Map<String, List<RunRecord>> byPipeline = new HashMap<>();
    for (RunRecord run : history) {
      byPipeline.computeIfAbsent(run.pipeline(), name -> new ArrayList<>()).add(run);
    }
    for (List<RunRecord> ofOne : byPipeline.values()) {
      ofOne.stream().limit(keep).forEach(this::add);
      ofOne.stream()
          .filter(run -> run.state() == RunState.SUCCEEDED)
          .findFirst()
          .ifPresent(this::add);
      ofOne.stream().filter(run -> run.state() == RunState.RUNNING).forEach(this::add);
    }
  }

  private void add(RunRecord run) {
    runs.add(run.name());
    for (StageRecord stage : run.stages()) {
      stage
          .artifact()
          .ifPresent(
              folder -> results.putIfAbsent(Work.in(folder), "used by the run " + run.name()));
      stage.fingerprint().ifPresent(print -> unfinished.add(new Work(stage.name(), print)));
    }
  }

  /**
   * Adds the newest unfinished work of every stage, which may be hours of training, with the run
   * that left it; all of a stage if no run tells which is the newest.
   *
   * @param history newest first
   * @param there all unfinished work
   */
  void addNewestUnfinished(List<RunRecord> history, Set<Work> there) {
    Set<String> known = new HashSet<>();
    for (RunRecord run : history) {
      for (StageRecord stage : run.stages()) {
        Optional<Work> left =
            stage.fingerprint().map(print -> new Work(stage.name(), print)).filter(there::contains);
        if (left.isPresent() && known.add(stage.name())) {
          add(run);
        }
      }
    }
    there.stream().filter(work -> !known.contains(work.stage())).forEach(unfinished::add);
  }

  /** Adds what a run of the pipeline would use or resume. */
  void addPlan(List<Decision> plan) {
    for (Decision decision : plan) {
      String stage = decision.planned().stage().name();
      decision.usable().forEach(artifact -> addResult(artifact, "needed by the pipeline"));
      decision
          .identity()
          .ifPresent(identity -> unfinished.add(new Work(stage, identity.fingerprint())));
    }
  }

  /** Adds a result that stays. */
  void addResult(StoredArtifact artifact, String why) {
    results.put(Work.in(artifact.folder()), why);
  }

  boolean hasRun(String name) {
    return runs.contains(name);
  }

  /** Why a result is needed; empty if it isn't. */
  String result(Work work) {
    return results.getOrDefault(work, "");
  }

  boolean isResumed(Work work) {
    return unfinished.contains(work);
  }
}
