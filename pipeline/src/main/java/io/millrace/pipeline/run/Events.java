package io.millrace.pipeline.run;

import io.millrace.pipeline.store.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Writes the events of a run as JSON lines, each readable at once. */
final class Events implements AutoCloseable {
  private final OutputStream out;
  private final Clock clock;
  private final Consumer<String> complaint;
  private final Consumer<Map<String, Object>> reader;
  private boolean broken;

  /**
   * @param complaint called once when events can no longer be written; that must not fail the run
   * @param reader receives every event, as read from the file
   */
  Events(
      OutputStream out,
      Clock clock,
      Consumer<String> complaint,
      Consumer<Map<String, Object>> reader) {
    this.out = out;
    this.clock = clock;
    this.complaint = complaint;
    this.reader = reader;
  }

  /** Callable from any thread. */
  synchronized void write(String kind, String stage, Map<String, ?> fields) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("time", clock.instant());
    event.put("event", kind);
    if (!stage.isEmpty()) {
      event.put("stage", stage);
    }
    // Fields of a job must not replace these.
    fields.forEach(event::putIfAbsent);
    byte[] line = (JsonText.line(event) + "\n").getBytes(StandardCharsets.UTF_8);
    append(line);
    try {
      reader.accept(JsonText.object(line));
    } catch (IOException e) {
      throw new UncheckedIOException("JSON just written can be read", e);
    }
  }

  private void append(byte[] line) {
    if (broken) {
      return;
    }
    try {
      out.write(line);
      out.flush();
    } catch (IOException e) {
      complain(e);
    }
  }

  private void complain(IOException e) {
    broken = true;
    complaint.accept("the events of this run can no longer be written: " + e.getMessage());
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      if (!broken) {
        complain(e);
      }
    }
  }
}
