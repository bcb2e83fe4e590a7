package io.millrace.jobs.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;

/**
 * The stream for results. It keeps the reason why they could not be written, unlike a PrintStream.
 */
public final class StandardOutput extends PrintStream {
  // Not failures: the reader has ended, as head does, or the caller has closed stdout.
  private static final List<String> UNWANTED =
      List.of("Broken pipe", "Connection reset", "Bad file descriptor");

  private final Remembering target;

  private StandardOutput(Remembering target, Charset charset) {
    super(target, true, charset);
    this.target = target;
  }

  /** The process's stdout, in the character set of Java's System.out. */
  public static StandardOutput ofProcess() {
    String name =
        System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding", ""));
    Charset charset = Charset.isSupported(orUsual(name)) ? Charset.forName(orUsual(name)) : usual();
    return new StandardOutput(
        new Remembering(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))),
        charset);
  }

  /** Results to another stream. */
  public static StandardOutput on(OutputStream stream) {
    return new StandardOutput(new Remembering(stream), usual());
  }

  private static String orUsual(String name) {
    return name.isEmpty() ? usual().name() : name;
  }

  private static Charset usual() {
    return Charset.defaultCharset();
  }

  /**
   * Why not all that was printed has been written; empty if all was, or the reader did not want the
   * rest.
   */
  public Optional<String> failure() {
    flush();
    return Optional.ofNullable(target.first)
        .map(failure -> String.valueOf(failure.getMessage()))
        .filter(why -> UNWANTED.stream().noneMatch(why::contains));
  }

  private static final class Remembering extends FilterOutputStream {
    private volatile IOException first;

    Remembering(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      try {
        out.write(bytes, from, count);
      } catch (IOException e) {
        remember(e);
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        remember(e);
        throw e;
      }
    }

    private void remember(IOException failure) {
      if (first == null) {
        first = failure;
      }
    }
  }
}
