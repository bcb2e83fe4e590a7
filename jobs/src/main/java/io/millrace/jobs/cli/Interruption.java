package io.millrace.jobs.cli;

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
 * Ctrl-C and its like while a command works: the first one interrupts the thread that works, so
 * that it can keep what is done; a second one, or a thread that has not ended in time, ends the
 * process at once.
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
   * Watches for signals until it is closed. One that the starter of this process had ignored, as
   * nohup does, stays ignored.
   *
   * @param working the thread to interrupt
   * @param lastWords says that the process ends, where the thread does not end in time
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

  /** The signals that are ignored, the first one in the lowest bit. */
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
      Runtime.getRuntime().halt(STATUS_OF_SIGNALS + number);
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
      // Nobody interrupts this thread; if somebody does, it ends the process early.
    }
    if (!closed) {
      lastWords.run();
    }
    Runtime.getRuntime().halt(STATUS_OF_SIGNALS + number);
  }

  /** The exit status that a signal asks for; empty if there was none. */
  OptionalInt status() {
    int number = signal.get();
    return number == 0 ? OptionalInt.empty() : OptionalInt.of(STATUS_OF_SIGNALS + number);
  }

  /** Ends the watch; a signal that has come still ends the process if this one does not. */
  @Override
  public void close() {
    closed = true;
    before.forEach(Signals::unregister);
    // What still has to be tidied up is not to be disturbed.
    boolean unused = Thread.interrupted();
  }
}
