package io.millrace.pipeline.run;

import io.millrace.pipeline.plan.Plan;
import io.millrace.pipeline.plan.PlannedStage;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.Secrets;
import io.millrace.pipeline.spec.StageSpec;
import io.millrace.pipeline.store.Holder;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The plan of a run as JSON for the run's folder. */
final class PlanFile {
  private PlanFile() {}

  /** The plan as read from the file. */
  static Map<String, Object> json(PipelineSpec pipeline, Plan plan, Instant started) {
    List<Object> stages = new ArrayList<>();
    for (PlannedStage planned : plan.stages()) {
      Map<String, Object> stage = new LinkedHashMap<>();
      stage.put("name", planned.stage().name());
      stage.put("job", planned.stage().job().name());
      stage.put("reads", reads(planned.stage()));
      stage.put("outcome", planned.outcomeText());
      stage.put("reason", planned.reason());
      planned.artifact().ifPresent(artifact -> stage.put("artifact", Places.text(artifact)));
      planned.space().ifPresent(space -> stage.put("space", space));
      stages.add(stage);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pipeline", pipeline.name());
    json.put("command", command(pipeline, List.of()));
    json.put("started", started);
    json.put("process", Holder.self().fields());
    json.put("stages", stages);
    json.put("space-needed", plan.spaceNeeded());
    plan.spaceFree().ifPresent(free -> json.put("space-free", free));
    try {
      return JsonText.object(JsonText.line(json).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("JSON just written can be read", e);
    }
  }

  private static Map<String, String> reads(StageSpec stage) {
    Map<String, String> reads = new TreeMap<>();
    stage
        .locations()
        .forEach(
            (key, place) -> {
              if (place.isReference()) {
                reads.put(key, place.stage());
              }
            });
    return reads;
  }

  /**
   * The command that repeats the run.
   *
   * @param more further words, such as {@code --only STAGE}
   */
  static String command(PipelineSpec pipeline, List<String> more) {
    List<String> words = new ArrayList<>(List.of("millrace", "run", pipeline.origin()));
    words.addAll(more);
    for (String set : pipeline.overrides()) {
      words.add("--set");
      words.add(Secrets.shownOverride(set));
    }
    return Shell.line(words);
  }
}
