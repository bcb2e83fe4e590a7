package io.millrace.jobs.spark;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;

/**
 * Returned by a task in place of its result: a failure that a user must act on. If the task threw
 * it, Spark would repeat the task, which would fail every time.
 *
 * @param why as the task threw it
 */
record Refused(CannotException why) implements Serializable {
  /** A failure in a form that can be sent to the driver, at least with its sentence. */
  static Refused of(CannotException why) {
    try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      out.writeObject(why);
      return new Refused(why);
    } catch (IOException e) {
      // Its cause holds an object that can't be serialised.
      CannotException told = CannotException.told(why.getMessage());
      told.setStackTrace(why.getStackTrace());
      told.initCause(new IllegalStateException(String.valueOf(why.getCause())));
      return new Refused(told);
    }
  }
}
