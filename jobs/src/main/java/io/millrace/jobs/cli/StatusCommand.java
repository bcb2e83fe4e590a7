package io.millrace.jobs.cli;

import io.millrace.jobs.showing.RunTables;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.Screen;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.history.RunHistory;
import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Workspace;
import io.millrace.pipeline.text.Amounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace status FILE|--workspace DIR}: the runs, newest first. */
final class StatusCommand implements Command {
  private static final String LIMIT = "--limit";
  private static final String USUAL_LIMIT = "20";

  @Override
  public String name() {
    return "status";
  }

  @Override
  public String summary() {
    return "List the runs of a workspace, newest first: outcome, time, main figure, stages.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            summary()
                + " A run's outcome is succeeded, failed, running, interrupted (it was asked to"
                + " stop) or killed (its process is gone). For more about one run: show"
                + " RUN-FOLDER.",
            "millrace status conf/quickstart.conf",
            "millrace status --workspace work/quickstart --limit 3 --json");
    WorkspaceOptions.addTo(spec);
    spec.addOption(Options.valued(LIMIT, "N", "At most N runs (default: " + USUAL_LIMIT + ")."));
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    int limit = Options.count(parsed, LIMIT, USUAL_LIMIT, "runs");
    WorkspaceOptions options = WorkspaceOptions.of(parsed);
    Workspace workspace = options.workspace();
    List<RunRecord> runs = RunHistory.of(workspace).runs();
    if (runs.isEmpty() && !options.isByFile() && workspace.inventory().entries().isEmpty()) {
      throw new CannotException(
          "show the status of " + workspace, "it is not a workspace: it has no run and no result");
    }
    List<RunRecord> shown = runs.subList(0, Math.min(limit, runs.size()));
    if (OutputMode.of(parsed).json()) {
      screen.out().print(JsonText.pretty(json(workspace, runs, shown)));
    } else if (runs.isEmpty()) {
      screen.out().println("No run yet in " + workspace + ".");
    } else {
      screen.out().print(RunTables.list(shown));
      tellOfOthers(runs.size() - shown.size(), workspace.runs().size() - runs.size(), screen);
    }
    return Status.DONE;
  }

  private static void tellOfOthers(int more, int unread, Screen screen) {
    if (more > 0) {
      screen.err().println("and " + Amounts.count(more) + " more; " + LIMIT + " N shows them");
    }
    if (unread > 0) {
      screen
          .err()
          .println(
              Amounts.count(unread)
                  + " more can't be read: they ended before they had a plan, or are damaged");
    }
  }

  private static Map<String, Object> json(
      Workspace workspace, List<RunRecord> runs, List<RunRecord> shown) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("outcome", "succeeded");
    json.put("workspace", workspace.toString());
    json.put("total", runs.size());
    json.put("runs", shown.stream().map(RunTables::json).toList());
    return json;
  }
}
