package io.millrace.jobs.cli;

import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.ProgressLines;
import io.millrace.jobs.terminal.Screen;
import io.millrace.jobs.terminal.TextTable;
import io.millrace.pipeline.clean.CleanUp;
import io.millrace.pipeline.clean.FolderDecision;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.store.Inventory;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.Workspace;
import io.millrace.pipeline.text.Amounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace clean FILE|--workspace DIR}: removes what a workspace no longer needs. */
final class CleanCommand implements Command {
  private static final String DRY_RUN = "--dry-run";
  private static final String KEEP = "--keep";
  private static final String USUAL_KEEP = "3";

  /** Characters of a fingerprint that are shown; they are enough to tell it from others. */
  private static final int SHORT_NAME = 12;

  private final JobCatalogue jobs;

  CleanCommand(JobCatalogue jobs) {
    this.jobs = jobs;
  }

  /**
   * A folder to remove.
   *
   * @param bytes in it
   */
  private record Removal(FolderDecision decision, long bytes) {}

  @Override
  public String name() {
    return "clean";
  }

  @Override
  public String summary() {
    return "Remove from a workspace what neither a pipeline nor a recent run needs.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            summary()
                + " Kept are each pipeline's newest runs and its newest successful one, with the"
                + " results and unfinished work of these runs; and what a run of FILE would use or"
                + " resume, or without a file the newest result of every stage. Nothing is removed"
                + " while a run is in progress.",
            "millrace clean conf/quickstart.conf --dry-run",
            "millrace clean --workspace work/quickstart --keep 1");
    WorkspaceOptions.addTo(spec);
    spec.addOption(Options.switched(DRY_RUN, "Say what would be removed; remove nothing."));
    spec.addOption(
        Options.valued(
            KEEP, "N", "How many runs of each pipeline to keep (default: " + USUAL_KEEP + ")."));
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    OutputMode outputMode = OutputMode.of(parsed);
    int keep = Options.count(parsed, KEEP, USUAL_KEEP, "runs");
    boolean dry = parsed.hasMatchedOption(DRY_RUN);
    WorkspaceOptions options = WorkspaceOptions.of(parsed);
    Workspace workspace = options.workspace();
    CleanUp cleanUp = new CleanUp(workspace, options.pipeline(jobs), keep);
    List<Removal> removals = new ArrayList<>();
    List<FolderDecision> decisions = List.of();
    // A pipeline that never ran has no workspace to clean.
    if (!isAbsent(workspace)) {
      decisions =
          dry ? cleanUp.decide() : removed(cleanUp, removals, ProgressLines.on(screen, outputMode));
    }
    if (dry) {
      Inventory inventory = workspace.inventory();
      decisions.stream()
          .filter(decision -> !decision.stays())
          .forEach(
              decision -> removals.add(new Removal(decision, inventory.bytes(decision.entry()))));
    }
    List<FolderDecision> kept = decisions.stream().filter(FolderDecision::stays).toList();
    screen
        .out()
        .print(
            outputMode.json()
                ? JsonText.pretty(json(workspace, dry, removals, kept))
                : table(workspace, dry, removals, kept));
    return Status.DONE;
  }

  private static boolean isAbsent(Workspace workspace) {
    return "file".equals(workspace.root().getScheme())
        && Files.notExists(Path.of(workspace.root()));
  }

  private static List<FolderDecision> removed(
      CleanUp cleanUp, List<Removal> removals, ProgressLines progressLines) {
    try (ProgressLines lines = progressLines;
        JobContext.Progress progress = lines.begin("clean", -1, "folders")) {
      return cleanUp.run(
          (decision, bytes) -> {
            removals.add(new Removal(decision, bytes));
            progress.advance(1);
          });
    }
  }

  private static String table(
      Workspace workspace, boolean dry, List<Removal> removals, List<FolderDecision> kept) {
    String stays = stays(kept);
    if (removals.isEmpty()) {
      return "Nothing to remove from " + workspace + stays + ".\n";
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of(dry ? "would remove" : "removed", "of", "name", "size", "why"));
    for (Removal removal : removals) {
      Inventory.Entry entry = removal.decision.entry();
      boolean run = entry.kind() == Inventory.Kind.RUN;
      rows.add(
          List.of(
              entry.kind().text(),
              run ? "-" : entry.stage(),
              run ? entry.name() : entry.name().substring(0, SHORT_NAME),
              Amounts.bytes(removal.bytes),
              removal.decision.why()));
    }
    return TextTable.table(rows)
        + (dry ? "It would free " : "Freed ")
        + Amounts.bytes(total(removals))
        + " of "
        + workspace
        + stays
        + ".\n";
  }

  private static String stays(List<FolderDecision> kept) {
    long runs = of(kept, Inventory.Kind.RUN);
    long results = of(kept, Inventory.Kind.ARTIFACT);
    return kept.isEmpty()
        ? ""
        : "; " + Amounts.count(results, "result") + " and " + Amounts.count(runs, "run") + " stay";
  }

  private static long of(List<FolderDecision> decisions, Inventory.Kind kind) {
    return decisions.stream().filter(decision -> decision.entry().kind() == kind).count();
  }

  private static long total(List<Removal> removals) {
    return removals.stream().mapToLong(Removal::bytes).sum();
  }

  private static Map<String, Object> json(
      Workspace workspace, boolean dry, List<Removal> removals, List<FolderDecision> kept) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("outcome", "succeeded");
    json.put("workspace", workspace.toString());
    json.put("dry-run", dry);
    json.put("bytes", total(removals));
    json.put(
        "removed", removals.stream().map(r -> json(r.decision, Map.of("bytes", r.bytes))).toList());
    json.put("kept", kept.stream().map(decision -> json(decision, Map.of())).toList());
    return json;
  }

  private static Map<String, Object> json(FolderDecision decision, Map<String, Long> more) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", decision.entry().kind().text());
    json.put("stage", decision.entry().stage().isEmpty() ? null : decision.entry().stage());
    json.put("name", decision.entry().name());
    json.put("folder", Places.text(decision.entry().folder()));
    json.putAll(more);
    json.put("why", decision.why());
    return json;
  }
}
