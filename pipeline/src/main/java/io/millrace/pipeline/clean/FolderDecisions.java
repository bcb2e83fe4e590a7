package io.millrace.pipeline.clean;

import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.history.RunState;
import io.millrace.pipeline.store.Inventory.Entry;
import io.millrace.pipeline.store.Inventory.Kind;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides which folders stay. */
final class FolderDecisions {
  private final Needs needs;
  private final Set<Work> whole;
  private final Set<URI> newestWhole;
  private final Set<String> readable;
  private final List<String> newest;
  private final int keep;
  private final boolean atWork;

  /**
   * @param whole the artifacts with a manifest
   * @param newestWhole the folder of the newest artifact of each of these
   * @param history the runs that can be read
   * @param entries every folder
   */
  FolderDecisions(
      Needs needs,
      Set<Work> whole,
      Set<URI> newestWhole,
      List<RunRecord> history,
      List<Entry> entries,
      int keep) {
    this.needs = needs;
    this.whole = whole;
    this.newestWhole = newestWhole;
    this.readable = history.stream().map(RunRecord::name).collect(Collectors.toSet());
    this.newest =
        entries.stream()
            .filter(entry -> entry.kind() == Kind.RUN)
            .map(Entry::name)
            .sorted(Comparator.reverseOrder())
            .limit(keep)
            .toList();
    this.keep = keep;
    this.atWork = history.stream().anyMatch(run -> run.state() == RunState.RUNNING);
  }

  FolderDecision of(Entry entry) {
    return switch (entry.kind()) {
      case ARTIFACT -> artifact(entry);
      case UNFINISHED -> unfinished(entry);
      case RUN -> run(entry);
      case ATTEMPT, SCRATCH ->
          atWork
              ? new FolderDecision(entry, true, "a run is in progress")
              : new FolderDecision(entry, false, "left by a run that died");
    };
  }

  private FolderDecision artifact(Entry entry) {
    String why = needs.result(Work.of(entry));
    if (!newestWhole.contains(entry.folder())) {
      // A run in progress may be about to write its manifest, or may read it.
      return atWork
          ? new FolderDecision(entry, true, "a run is in progress")
          : new FolderDecision(
              entry,
              false,
              whole.contains(Work.of(entry))
                  ? "made again since"
                  : "incomplete: it has no manifest");
    }
    return why.isEmpty()
        ? new FolderDecision(entry, false, "no recent run and no plan uses it")
        : new FolderDecision(entry, true, why);
  }

  private FolderDecision unfinished(Entry entry) {
    if (whole.contains(Work.of(entry)) && !atWork) {
      return new FolderDecision(entry, false, "its result exists");
    }
    return needs.isResumed(Work.of(entry))
        ? new FolderDecision(entry, true, "the next run resumes it")
        : new FolderDecision(entry, false, "no recent run and no plan resumes it");
  }

  private FolderDecision run(Entry entry) {
    // The pipeline of a run that can't be read is not known.
    boolean stays =
        readable.contains(entry.name())
            ? needs.hasRun(entry.name())
            : newest.contains(entry.name());
    return stays
        ? new FolderDecision(entry, true, "recent")
        : new FolderDecision(
            entry, false, keep == 1 ? "not the newest" : "not among the newest " + keep);
  }
}
