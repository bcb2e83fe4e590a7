package io.millrace.pipeline.clean;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.history.RunHistory;
import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.plan.Planner;
import io.millrace.pipeline.plan.Selection;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.store.FolderLock;
import io.millrace.pipeline.store.Inventory;
import io.millrace.pipeline.store.Inventory.Entry;
import io.millrace.pipeline.store.Inventory.Kind;
import io.millrace.pipeline.store.StoredArtifact;
import io.millrace.pipeline.store.Workspace;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Removes from a workspace what neither a pipeline nor a recent run needs. */
public final class CleanUp {
  private final Workspace workspace;
  private final Optional<PipelineSpec> pipeline;
  private final int keep;

  /**
   * @param pipeline what its next run would use stays; without a pipeline, the newest result and
   *     the newest unfinished work of every stage stay
   * @param keep how many runs of each pipeline stay, with everything that they used; at least 1
   */
  public CleanUp(Workspace workspace, Optional<PipelineSpec> pipeline, int keep) {
    if (keep < 1) {
      throw new IllegalArgumentException("keep must be at least 1, not " + keep);
    }
    this.workspace = workspace;
    this.pipeline = pipeline;
    this.keep = keep;
  }

  /**
   * Decides about every folder. Writes nothing and needs no lock, since what a run in progress uses
   * stays.
   *
   * @throws CannotException when the folder can't be read or is not a workspace
   */
  public List<FolderDecision> decide() {
    List<Entry> entries = workspace.inventory().entries();
    if (entries.stream().noneMatch(CleanUp::isSignOfAWorkspace)) {
      throw new CannotException(
          "clean " + workspace,
          "it is not a workspace, since it has no run and no result; nothing was removed");
    }
    Needs needs = new Needs();
    List<RunRecord> history = RunHistory.of(workspace).runs();
    needs.addRuns(history, keep);
    pipeline.ifPresent(
        file ->
            needs.addPlan(Planner.of(file, workspace, Selection.ALL, Instant.now()).decisions()));
    if (pipeline.isEmpty()) {
      needs.addNewestUnfinished(history, unfinished(entries));
    }
    Set<Work> whole = new HashSet<>();
    Set<URI> newest = new HashSet<>();
    for (String stage : stages(entries)) {
      List<StoredArtifact> artifacts = workspace.artifacts(stage);
      for (StoredArtifact artifact : artifacts) {
        if (whole.add(Work.in(artifact.folder()))) {
          newest.add(artifact.folder());
        }
      }
      if (pipeline.isEmpty() && !artifacts.isEmpty()) {
        needs.addResult(artifacts.get(0), "the newest of its stage");
      }
    }
    FolderDecisions decisions = new FolderDecisions(needs, whole, newest, history, entries, keep);
    return entries.stream().map(decisions::of).toList();
  }

  private static boolean isSignOfAWorkspace(Entry entry) {
    return entry.kind() == Kind.ARTIFACT || entry.kind() == Kind.RUN;
  }

  private static Set<Work> unfinished(List<Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.kind() == Kind.UNFINISHED)
        .map(Work::of)
        .collect(Collectors.toSet());
  }

  private static List<String> stages(List<Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.kind() == Kind.ARTIFACT)
        .map(Entry::stage)
        .distinct()
        .toList();
  }

  /**
   * Decides, and removes what is not needed.
   *
   * @param removed receives each removed folder and its bytes
   * @return about every folder
   * @throws CannotException when a run is in progress, or something can't be removed
   */
  public List<FolderDecision> run(BiConsumer<FolderDecision, Long> removed) {
    // Checked before the lock, which would make a missing folder and put a file into any other.
    decide();
    try (FolderLock lock = workspace.lock("clean " + workspace)) {
      List<FolderDecision> decisions = decide();
      Inventory inventory = workspace.inventory();
      for (FolderDecision decision : decisions) {
        if (!decision.stays()) {
          long bytes = inventory.bytes(decision.entry());
          lock.ensureHeld();
          inventory.remove(decision.entry());
          removed.accept(decision, bytes);
        }
      }
      return decisions;
    }
  }
}
