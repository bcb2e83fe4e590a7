package io.millrace.pipeline.run;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.history.RunFiles;
import io.millrace.pipeline.history.RunHistory;
import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.history.RunState;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.report.RunPage;
import io.millrace.pipeline.store.Workspace;
import java.time.Instant;
import java.util.Optional;

/** The report of the previous run. */
final class LastReport {
  private LastReport() {}

  /**
   * Its HTML; empty if there is none. The page of a killed run is written again first: otherwise it
   * would reload itself for ever and not show how far the run got. Call it only while the lock is
   * held.
   */
  static String html(Workspace workspace, JobCatalogue jobs, Instant now) {
    try {
      Optional<RunRecord> last = RunHistory.of(workspace).newest();
      if (last.isEmpty()) {
        return "";
      }
      String before = workspace.read(last.get().folder(), RunFiles.REPORT).orElse("");
      if (last.get().state() != RunState.KILLED) {
        return before;
      }
      String html = new RunPage(jobs, before).html(last.get(), now);
      workspace.write(last.get().folder(), RunFiles.REPORT, html);
      return html;
    } catch (CannotException unreadable) {
      // Damaged files of an old run must not prevent a new one.
      return "";
    }
  }
}
