package io.millrace.bench;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A process whose output and log go to two files. It ends at the latest with this process. */
public final class Launched implements AutoCloseable {
  private static final long POLL_MILLIS = 100;
  private static final long END_SECONDS = 10;

  private final String what;
  private final Process process;
  private final Path output;
  private final Path log;
  private final Runnable killing = this::endWithItsOwn;

  private Launched(String what, Process process, Path output, Path log) {
    this.what = what;
    this.process = process;
    this.output = output;
    this.log = log;
    AtEnd.add(killing);
  }

  /**
   * @param what it does, for messages
   * @param folder that its two files are made in, and that it works in
   * @param environment in addition to this process's
   */
  public static Launched start(
      String what, Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    Path output = Files.createTempFile(folder, "said", ".out");
    Path log = Files.createTempFile(folder, "said", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(log.toFile());
    builder.environment().putAll(environment);
    return new Launched(what, builder.start(), output, log);
  }

  /** The exit status, once it has ended. */
  public int status() throws InterruptedException {
    int status = process.waitFor();
    close();
    return status;
  }

  /**
   * What it wrote to standard output, once it has ended.
   *
   * @throws CannotException if its exit status is not 0
   */
  public String output() throws IOException, InterruptedException {
    int status = status();
    if (status != 0) {
      throw new CannotException(
          what, "its exit status is %d; it said: %s".formatted(status, lastWords()));
    }
    return Files.readString(output);
  }

  /**
   * The last line that it wrote to standard error, to standard output if there is none; the lines
   * of a stack trace do not count.
   */
  public String lastWords() throws IOException {
    String said = said();
    return (said.isBlank() ? Files.readString(output) : said)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("\t"))
        .reduce("", (before, line) -> line);
  }

  /** All that it has written to standard error so far. */
  public String said() throws IOException {
    return Files.readString(log);
  }

  /** Waits until its log contains a pattern. */
  public void await(Pattern words, Duration most) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    while (!words.matcher(said()).find()) {
      if (endsSoon() || System.nanoTime() > deadline) {
        throw new CannotException(
            what, "it did not say '%s'; it said: %s".formatted(words, lastWords()));
      }
    }
  }

  /** Waits until a file is there. */
  public void await(Path file, Duration most) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    while (Files.notExists(file)) {
      if (endsSoon() || System.nanoTime() > deadline) {
        throw new CannotException(what, "it did not start; it said: " + lastWords());
      }
    }
  }

  /** Waits a moment for its end, and says whether it has come. */
  public boolean endsSoon() throws InterruptedException {
    return process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** kill -9. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    close();
  }

  /** The process's number. */
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    AtEnd.remove(killing);
  }

  /** Ends it and its child processes, and waits, since its folder is removed next. */
  private void endWithItsOwn() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    try {
      process.destroyForcibly().waitFor(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
