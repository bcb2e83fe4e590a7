package io.millrace.jobs.natives;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;

/**
 * The end of this process at once. Java's own {@code halt} still runs the clean-up of native
 * libraries, which takes their memory away from threads that compute in them: such a process ends
 * by SIGSEGV, with another status and the report of a crash in the current folder.
 */
public final class ProcessEnd {
  private static volatile Function exit;

  private ProcessEnd() {}

  /** To be called once a library is loaded whose clean-up must not run. */
  public static void withoutCleanUp() {
    exit = NativeLibrary.getInstance("c").getFunction("_exit");
  }

  /** Ends the process with that status. Nothing of Java runs any more. */
  public static void now(int status) {
    Function straight = exit;
    if (straight != null) {
      straight.invokeVoid(new Object[] {status});
    }
    Runtime.getRuntime().halt(status);
  }
}
