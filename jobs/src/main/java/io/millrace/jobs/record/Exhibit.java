package io.millrace.jobs.record;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.Json;
import io.millrace.pipeline.job.JobContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/**
 * Something that the report shows beside a training's figures: made once, sent as an event, and
 * kept with the unfinished work for the next attempt. A training does not fail if it can't be made.
 */
public final class Exhibit<R extends Record> {
  private final String name;
  private final Class<R> type;
  private final JobFiles unfinished;
  private final JobContext context;
  private Optional<R> kept = Optional.empty();

  /**
   * @param name of its event, and of its file as in {@link #file}
   * @param unfinished of the stage
   */
  public Exhibit(String name, Class<R> type, JobFiles unfinished, JobContext context) {
    this.name = name;
    this.type = type;
    this.unfinished = unfinished;
    this.context = context;
  }

  /** The file of the exhibit with this name. */
  static String file(String name) {
    return name + ".json";
  }

  /**
   * Makes it, or reads the one that an earlier attempt has made.
   *
   * @param making returns empty if there is nothing to show
   */
  public void begin(Callable<Optional<R>> making) {
    try {
      kept = found();
      if (kept.isEmpty()) {
        kept = making.call();
        keepIn(unfinished);
      }
      kept.ifPresent(shown -> context.event(name, Json.fields(shown)));
    } catch (CancellationException e) {
      throw e;
    } catch (Exception | LinkageError e) {
      // A missing picture library must not stop a training, since raw pixels need none.
      kept = Optional.empty();
      context.notice("The report shows no " + name + ": " + e.getMessage());
    }
  }

  /** Writes it, if there is one. */
  public void keepIn(JobFiles artifact) throws IOException {
    if (kept.isPresent()) {
      R shown = kept.get();
      artifact.write(file(name), out -> out.write(Json.bytes(shown)));
    }
  }

  private Optional<R> found() throws IOException {
    if (!unfinished.names().contains(file(name))) {
      return Optional.empty();
    }
    try (InputStream in = unfinished.open(file(name))) {
      return Optional.of(Json.read(in, type));
    }
  }
}
