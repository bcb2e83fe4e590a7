package io.millrace.pipeline;

import org.apiguardian.api.API;

/**
 * A failure that a user can fix, found while a command works or opens data: exit status 1, one
 * sentence, no stack trace. Its message reads "Cannot &lt;do what&gt;: &lt;why&gt;", names the
 * file, stage or key, and says what to do.
 */
@API(status = API.Status.STABLE)
public class CannotException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what what could not be done, e.g. {@code "read shard part-00003.parquet"}
   * @param why the reason and what to do about it
   */
  public CannotException(String what, String why) {
    super("Cannot " + what + ": " + why);
  }

  /**
   * @param cause what failed; shown only with {@code --debug}
   */
  public CannotException(String what, String why, Throwable cause) {
    super("Cannot " + what + ": " + why, cause);
  }

  /**
   * @param sentence the whole sentence
   */
  protected CannotException(String sentence) {
    super(sentence);
  }

  /** A failure with a whole sentence, as another process reported it. */
  public static CannotException told(String sentence) {
    return new CannotException(sentence);
  }
}
