package io.millrace.jobs.testing;

import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.store.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps events as a run's file gives them back: written and read as JSON. */
public final class Told implements JobContext {
  private final List<Map<String, Object>> events = new ArrayList<>();

  private final List<String> notices = new ArrayList<>();

  public List<String> notices() {
    return notices;
  }

  public List<Map<String, Object>> events() {
    return events;
  }

  @Override
  public Progress progress(String label, long total, String unit) {
    return JobContext.silent().progress(label, total, unit);
  }

  @Override
  public synchronized void event(String kind, Map<String, ?> fields) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("time", "2000-01-01T00:00:00Z");
    event.put("event", kind);
    event.put("stage", "model");
    fields.forEach(event::putIfAbsent);
    try {
      events.add(JsonText.object(JsonText.line(event).getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void notice(String sentence) {
    notices.add(sentence);
  }
}
