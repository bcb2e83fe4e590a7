package io.millrace.jobs.submit;

import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.store.JsonText;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes a job's progress, events and notices as JSON lines for the process that started this one,
 * where {@link WireReader} passes them on.
 */
final class WireContext implements JobContext {
  static final String CALL = "call";
  static final String KIND = "kind";
  static final String PROGRESS = "progress";
  static final String ADVANCE = "advance";
  static final String ALREADY = "already";
  static final String NOTE = "note";
  static final String CLOSE = "close";
  static final String EVENT = "event";
  static final String NOTICE = "notice";
  static final String ID = "id";
  static final String PARENT = "parent";
  static final String LABEL = "label";
  static final String TOTAL = "total";
  static final String UNIT = "unit";
  static final String COUNT = "count";
  static final String TEXT = "text";
  static final String NAME = "name";
  static final String FIELDS = "fields";

  private final PrintStream out;
  private final long call;
  private final AtomicInteger ids = new AtomicInteger();

  /**
   * @param call written in every line, so that a late line of one job is not taken for another's
   */
  WireContext(PrintStream out, long call) {
    this.out = out;
    this.call = call;
  }

  /** Sends one line; callable from any thread. */
  void send(String kind, Map<String, ?> fields) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(CALL, call);
    line.put(KIND, kind);
    line.putAll(fields);
    synchronized (out) {
      out.println(JsonText.line(line));
      out.flush();
    }
  }

  @Override
  public Progress progress(String label, long total, String unit) {
    int id = ids.incrementAndGet();
    send(PROGRESS, Map.of(ID, id, LABEL, label, TOTAL, total, UNIT, unit));
    return new WireProgress(id);
  }

  @Override
  public void event(String kind, Map<String, ?> fields) {
    send(EVENT, Map.of(NAME, kind, FIELDS, fields));
  }

  @Override
  public void notice(String sentence) {
    send(NOTICE, Map.of(TEXT, sentence));
  }

  private final class WireProgress implements Progress {
    private final int id;

    WireProgress(int id) {
      this.id = id;
    }

    @Override
    public void advance(long n) {
      send(ADVANCE, Map.of(ID, id, COUNT, n));
    }

    @Override
    public void already(long n) {
      send(ALREADY, Map.of(ID, id, COUNT, n));
    }

    @Override
    public Progress part(String label, long total) {
      int part = ids.incrementAndGet();
      send(PROGRESS, Map.of(ID, part, PARENT, id, LABEL, label, TOTAL, total));
      return new WireProgress(part);
    }

    @Override
    public void note(String text) {
      send(NOTE, Map.of(ID, id, TEXT, text));
    }

    @Override
    public void close() {
      send(CLOSE, Map.of(ID, id));
    }
  }
}
