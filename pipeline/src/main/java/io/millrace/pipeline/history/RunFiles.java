package io.millrace.pipeline.history;

/** The names of the files in a run's folder. */
public final class RunFiles {
  /** The configuration with all substitutions and overrides applied, HOCON. */
  public static final String CONFIGURATION = "resolved.conf";

  /** The plan, JSON. */
  public static final String PLAN = "plan.json";

  /** What happened, a JSON object on each line. */
  public static final String EVENTS = "events.jsonl";

  /** The report, HTML. */
  public static final String REPORT = "report.html";

  /** How it ended: what {@code run --json} prints. */
  public static final String RESULT = "result.json";

  private RunFiles() {}
}
