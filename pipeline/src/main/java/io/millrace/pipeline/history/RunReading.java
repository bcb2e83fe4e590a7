package io.millrace.pipeline.history;

import io.millrace.pipeline.store.Holder;
import io.millrace.pipeline.store.Places;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a record from a plan and events, both for a run in progress and for an old one. */
public final class RunReading {
  private static final String STAGE = "stage";

  private RunReading() {}

  /**
   * Combines what is known about a run.
   *
   * @param plan the contents of {@link RunFiles#PLAN}
   * @param events those of {@link RunFiles#EVENTS}, oldest first
   * @throws RuntimeException if the plan was not written by a run
   */
  public static RunRecord of(
      URI folder,
      Map<String, Object> plan,
      List<Map<String, Object>> events,
      String configuration) {
    Instant started = Instant.parse(text(plan, "started"));
    Optional<Map<String, Object>> end = last(events, "run-ended");
    RunState state = end.map(RunReading::ended).orElseGet(() -> withoutEnd(plan));
    Instant latest = events.isEmpty() ? started : time(events.get(events.size() - 1));
    double seconds =
        end.map(event -> number(event, "seconds"))
            .orElse(Duration.between(started, latest).toMillis() / 1e3);
    Map<String, List<Map<String, Object>>> byStage = new HashMap<>();
    for (Map<String, Object> event : events) {
      byStage.computeIfAbsent(text(event, STAGE), name -> new ArrayList<>()).add(event);
    }
    List<StageRecord> stages = new ArrayList<>();
    for (Object each : (List<?>) plan.get("stages")) {
      Map<String, Object> planned = map(each);
      stages.add(stage(planned, byStage.getOrDefault(text(planned, "name"), List.of()), state));
    }
    return new RunRecord(
        folder,
        RunHistory.nameOf(folder),
        text(plan, "pipeline"),
        text(plan, "command"),
        state,
        started,
        seconds,
        List.copyOf(stages),
        configuration);
  }

  private static RunState ended(Map<String, Object> end) {
    if (Boolean.TRUE.equals(end.get("interrupted"))) {
      return RunState.INTERRUPTED;
    }
    return Boolean.TRUE.equals(end.get("succeeded")) ? RunState.SUCCEEDED : RunState.FAILED;
  }

  private static RunState withoutEnd(Map<String, Object> plan) {
    boolean dead = Holder.of(map(plan.get("process"))).filter(Holder::isDead).isPresent();
    return dead ? RunState.KILLED : RunState.RUNNING;
  }

  private static StageRecord stage(
      Map<String, Object> planned, List<Map<String, Object>> events, RunState run) {
    Map<String, Object> end = last(events, "stage-ended").orElse(Map.of());
    Optional<Map<String, Object>> start = last(events, "stage-started");
    StageState state = state(end, start.isPresent(), run);
    Map<String, Object> says = end.isEmpty() ? start.orElse(planned) : end;
    Instant latest = events.isEmpty() ? Instant.MIN : time(events.get(events.size() - 1));
    double sofar =
        start.map(from -> Duration.between(time(from), latest).toMillis() / 1e3).orElse(0.0);
    Map<String, String> reads = new LinkedHashMap<>();
    map(planned.get("reads")).forEach((key, from) -> reads.put(key, String.valueOf(from)));
    Object artifact = end.get("artifact");
    return new StageRecord(
        text(planned, "name"),
        text(planned, "job"),
        Map.copyOf(reads),
        state,
        text(says, "reason"),
        start.map(RunReading::time),
        end.isEmpty() ? sofar : number(end, "seconds"),
        Optional.ofNullable(artifact).map(place -> Places.uri(place.toString())),
        text(end, "headline"),
        map(end.get("metrics")),
        List.copyOf(events));
  }

  private static StageState state(Map<String, Object> end, boolean started, RunState run) {
    return switch (text(end, "outcome")) {
      case "ran" -> StageState.RAN;
      case "skipped" -> StageState.SKIPPED;
      case "failed" -> StageState.FAILED;
      default -> {
        if (!started) {
          yield StageState.WAITING;
        }
        yield run == RunState.RUNNING ? StageState.RUNNING : StageState.STOPPED;
      }
    };
  }

  private static Optional<Map<String, Object>> last(List<Map<String, Object>> events, String kind) {
    return events.stream()
        .filter(event -> kind.equals(event.get("event")))
        .reduce((earlier, later) -> later);
  }

  private static Instant time(Map<String, Object> event) {
    return Instant.parse(text(event, "time"));
  }

  private static String text(Map<String, Object> from, String key) {
    Object value = from.get(key);
    return value == null ? "" : value.toString();
  }

  private static double number(Map<String, Object> from, String key) {
    return from.get(key) instanceof Number value ? value.doubleValue() : 0;
  }

  private static Map<String, Object> map(Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> given) {
      given.forEach((key, each) -> map.put(String.valueOf(key), each));
    }
    return map;
  }
}
