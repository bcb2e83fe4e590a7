package io.millrace.jobs.submit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that another process makes, one file's path a line. When they end, the running work is
 * interrupted. A thread without work is not interrupted, since it may be cleaning up.
 */
final class StageCalls {
  private static final Logger LOG = LoggerFactory.getLogger(StageCalls.class);

  private final Thread working;
  private final BlockingQueue<Optional<Path>> queue = new LinkedBlockingQueue<>();
  private boolean busy;
  private boolean over;

  private StageCalls(Thread working) {
    this.working = working;
  }

  /**
   * Begins to listen.
   *
   * @param working the thread to interrupt
   */
  static StageCalls from(InputStream input, Thread working) {
    StageCalls calls = new StageCalls(working);
    Thread listening = new Thread(() -> calls.listen(input), "calls");
    listening.setDaemon(true);
    listening.start();
    return calls;
  }

  private void listen(InputStream input) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      lines.lines().forEach(line -> queue.add(Optional.of(Path.of(line))));
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("Cannot read from the run that started this process", e);
    }
    end();
  }

  private synchronized void end() {
    over = true;
    queue.add(Optional.empty());
    if (busy) {
      working.interrupt();
    }
  }

  /** Waits for the next; empty when there are no more. */
  Optional<Path> next() throws InterruptedException {
    return queue.take();
  }

  /**
   * Whether work on a call may begin; not after the calls have ended, since nobody waits for it.
   */
  synchronized boolean begin() {
    busy = !over;
    return busy;
  }

  /** Work on a call is done; the thread is not interrupted from here on. */
  synchronized void done() {
    busy = false;
    boolean unused = Thread.interrupted();
  }
}
