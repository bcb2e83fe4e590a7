package io.millrace.jobs.cli;

import io.millrace.jobs.natives.ProcessEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.utils.Signals;

/**
 * Handles Ctrl-C and other signals while a command works. The first signal interrupts the working
 * thread, so that it can keep what is done. The process ends at once on a second signal, or if the
 * thread does not end in time.
 */
final class Interruption implements AutoCloseable {
  private static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);
  private static final int STATUS_OF_SIGNALS = 128;
  private static final long MILLIS_TO_END = 4_000;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern IGNORED = Pattern.compile("(?m)^SigIgn:\\s*([0-9a-f]+)$");

  private final Thread working;
  private final Runnable lastWords;
  private final AtomicInteger signal = new AtomicInteger();
  private volatile boolean closed;
  private final Map<String, Object> before = new LinkedHashMap<>();

  private Interruption(Thread working, Runnable lastWords) {
    this.working = working;
    this.lastWords = lastWords;
  }

  /**
   * Watches for signals until it is closed. Signals that were ignored when this process began, as
   * with nohup, stay ignored.
   *
   * @param working the thread to interrupt
   * @param lastWords says that the process ends, if the thread does not end in time
   */
  static Interruption watch(Thread working, Runnable lastWords) {
    Interruption interruption = new Interruption(working, lastWords);
    long ignored = ignored();
    SIGNALS.forEach(
        (name, number) -> {
          if ((ignored >> (number - 1) & 1) == 0) {
            interruption.before.put(
                name, Signals.register(name, () -> interruption.signalled(number)));
          }
        });
    return interruption;
  }

  /** A bit for each signal, set if it is ignored; signal 1 is the lowest bit. */
  private static long ignored() {
    try {
      Matcher mask = IGNORED.matcher(Files.readString(STATUS));
      return mask.find() ? Long.parseUnsignedLong(mask.group(1), 16) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private void signalled(int number) {
    if (!signal.compareAndSet(0, number)) {
      ProcessEnd.now(STATUS_OF_SIGNALS + number);
    }
    working.interrupt();
    Thread watchdog = new Thread(() -> endIfItDoesNot(number), "end");
    watchdog.setDaemon(true);
    watchdog.start();
  }

  private void endIfItDoesNot(int number) {
    try {
      working.join(MILLIS_TO_END);
    } catch (InterruptedException e) {
      // Nothing interrupts this thread; an interrupt would end the process early.
    }
    if (!closed) {
      lastWords.run();
    }
    ProcessEnd.now(STATUS_OF_SIGNALS + number);
  }

  /** The exit status for the signal; empty if there was none. */
  OptionalInt status() {
    int number = signal.get();
    return number == 0 ? OptionalInt.empty() : OptionalInt.of(STATUS_OF_SIGNALS + number);
  }

  /** Stops watching. After a signal, the process still ends if this thread does not. */
  @Override
  public void close() {
    closed = true;
    before.forEach(Signals::unregister);
    // An interrupt must not disturb the remaining clean-up.
    boolean unused = Thread.interrupted();
  }
}
