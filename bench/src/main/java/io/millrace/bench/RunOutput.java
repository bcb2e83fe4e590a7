package io.millrace.bench;

import io.millrace.jobs.files.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What {@code run --json} prints, as far as it is looked at here. */
public record RunOutput(List<Stage> stages) {
  private static final String SKIPPED = "skipped";

  /** A stage of the run. */
  public record Stage(
      String name,
      String outcome,
      String reason,
      double seconds,
      String artifact,
      Map<String, Object> metrics) {
    /** Whether nothing had to be done. */
    public boolean isSkipped() {
      return outcome.equals(SKIPPED);
    }
  }

  /**
   * The stage of that name.
   *
   * @throws IOException if there is none
   */
  public Stage stage(String name) throws IOException {
    return stages.stream()
        .filter(stage -> stage.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IOException("it names no stage " + name));
  }

  /**
   * Reads it.
   *
   * @throws IOException if that is something else
   */
  public static RunOutput of(String json) throws IOException {
    RunOutput output = Json.read(json, RunOutput.class);
    if (output.stages == null) {
      throw new IOException("it names no stages: " + json);
    }
    return output;
  }
}
