package io.millrace.jobs.spark;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;

/**
 * What a task brings back in place of its result: a failure that a user must act on. Thrown in the
 * task, Spark would try it again, and what can't go well would fail as often as Spark tries.
 *
 * @param why as the task threw it
 */
record Refused(CannotException why) implements Serializable {
  /** A failure in a form that can travel to the driver, with its sentence in any case. */
  static Refused of(CannotException why) {
    try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      out.writeObject(why);
      return new Refused(why);
    } catch (IOException e) {
      // Its cause holds something that can't be written.
      CannotException told = CannotException.told(why.getMessage());
      told.setStackTrace(why.getStackTrace());
      told.initCause(new IllegalStateException(String.valueOf(why.getCause())));
      return new Refused(told);
    }
  }
}
