package io.millrace.jobs.showing;

import io.millrace.jobs.terminal.TextTable;
import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.history.RunState;
import io.millrace.pipeline.history.StageRecord;
import io.millrace.pipeline.history.StageState;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What became of runs, for people and for programs. */
public final class RunTables {
  /** Letters of a failure's sentence in a list of runs. */
  private static final int SHORT = 200;

  /** Of one within a path, so much tells it from the others. */
  private static final Pattern FINGERPRINT = Pattern.compile("([0-9a-f]{12})[0-9a-f]{52}");

  private static final String ELLIPSIS = "...";
  private static final String NOTHING = "-";

  private RunTables() {}

  /** A line a run, newest first, and below a failed one what failed. */
  public static String list(List<RunRecord> runs) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("run", "outcome", "time", "result", "stages"));
    for (RunRecord run : runs) {
      rows.add(
          List.of(
              run.name(),
              run.state().text(),
              Amounts.seconds(run.seconds()),
              run.headline().isEmpty() ? NOTHING : run.headline(),
              counts(run)));
    }
    List<String> lines = TextTable.table(rows).lines().toList();
    StringBuilder text = new StringBuilder(lines.get(0)).append('\n');
    for (int i = 0; i < runs.size(); i++) {
      text.append(lines.get(i + 1)).append('\n');
      failed(runs.get(i))
          .ifPresent(
              stage ->
                  text.append("  ")
                      .append(stage.name())
                      .append(": ")
                      .append(brief(stage.reason()))
                      .append('\n'));
    }
    return text.toString();
  }

  /** Such as {@code 3 ran, 2 skipped}, in the order of a stage's life. */
  static String counts(RunRecord run) {
    Map<StageState, Integer> counts = new EnumMap<>(StageState.class);
    run.stages().forEach(stage -> counts.merge(stateOf(stage, run), 1, Integer::sum));
    List<String> parts = new ArrayList<>();
    for (StageState state :
        List.of(
            StageState.RAN,
            StageState.SKIPPED,
            StageState.RUNNING,
            StageState.STOPPED,
            StageState.FAILED,
            StageState.WAITING)) {
      if (counts.containsKey(state)) {
        parts.add(counts.get(state) + " " + word(state, run));
      }
    }
    return String.join(", ", parts);
  }

  /** What could not start because another stage failed has not failed itself. */
  private static StageState stateOf(StageRecord stage, RunRecord run) {
    boolean held =
        stage.state() == StageState.FAILED
            && stage.started().isEmpty()
            && failed(run).filter(first -> !first.name().equals(stage.name())).isPresent();
    return held ? StageState.WAITING : stage.state();
  }

  private static String word(StageState state, RunRecord run) {
    boolean over = run.state() != RunState.RUNNING;
    return state == StageState.WAITING && over ? "not started" : state.text();
  }

  /** The stage that failed first in the order of the plan: the others may only depend on it. */
  private static Optional<StageRecord> failed(RunRecord run) {
    return run.stages().stream().filter(stage -> stage.state() == StageState.FAILED).findFirst();
  }

  private static String brief(String sentence) {
    String line = FINGERPRINT.matcher(sentence.lines().findFirst().orElse("")).replaceAll("$1...");
    return line.length() <= SHORT ? line : line.substring(0, SHORT - ELLIPSIS.length()) + ELLIPSIS;
  }

  /** One run, a line a stage. */
  public static String table(RunRecord run) {
    List<List<String>> head =
        List.of(
            List.of("run", Places.text(run.folder())),
            List.of("pipeline", run.pipeline()),
            List.of("outcome", run.state().text() + " after " + Amounts.seconds(run.seconds())),
            List.of("again by", run.command()));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("stage", "job", "outcome", "time", "result"));
    for (StageRecord stage : run.stages()) {
      StageState state = stateOf(stage, run);
      rows.add(
          List.of(
              stage.name(),
              stage.job(),
              word(state, run),
              stage.seconds() > 0 ? Amounts.seconds(stage.seconds()) : NOTHING,
              result(stage, state)));
    }
    return TextTable.table(head) + "\n" + TextTable.table(rows);
  }

  private static String result(StageRecord stage, StageState state) {
    return switch (state) {
      case RAN -> stage.headline();
      case SKIPPED -> stage.headline() + " (" + stage.reason() + ")";
      case FAILED -> stage.reason();
      case WAITING, RUNNING, STOPPED -> NOTHING;
    };
  }

  /** The keys of {@code run --json} and what history alone knows. */
  public static Map<String, Object> json(RunRecord run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", run.name());
    json.put("pipeline", run.pipeline());
    json.put("outcome", run.state().text());
    json.put("started", run.started());
    json.put("seconds", run.seconds());
    json.put("headline", run.headline());
    json.put("run-folder", Places.text(run.folder()));
    json.put("reproduce", run.command());
    json.put("stages", run.stages().stream().map(RunTables::json).toList());
    return json;
  }

  private static Map<String, Object> json(StageRecord stage) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", stage.name());
    json.put("job", stage.job());
    json.put("outcome", stage.state().text());
    json.put("reason", stage.reason());
    json.put("seconds", stage.seconds());
    json.put("artifact", stage.artifact().map(Places::text).orElse(null));
    json.put("headline", stage.headline());
    json.put("metrics", stage.metrics());
    return json;
  }
}
