package io.millrace.jobs.natives;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The machine that this process runs on, for those who must find it among others. */
final class Machine {
  private Machine() {}

  /** Its name. */
  static String name() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // The system gives the process a name that nobody can resolve, and says which.
      return String.valueOf(e.getMessage()).split(":", 2)[0];
    }
  }
}
