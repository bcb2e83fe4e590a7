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

/** Where results go. It remembers why they could not be written, which a PrintStream forgets. */
public final class StandardOutput extends PrintStream {
  // A reader that has seen enough, as head has, and a caller that closed stdout want no more.
  private static final List<String> UNWANTED =
      List.of("Broken pipe", "Connection reset", "Bad file descriptor");

  private final Remembering target;

  private StandardOutput(Remembering target, Charset charset) {
    super(target, true, charset);
    this.target = target;
  }

  /** The process's own, in the characters of the one that Java made. */
  public static StandardOutput ofProcess() {
    String name =
        System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding", ""));
    Charset charset = Charset.isSupported(orUsual(name)) ? Charset.forName(orUsual(name)) : usual();
    return new StandardOutput(
        new Remembering(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))),
        charset);
  }

  /** Another stream in its place. */
  public static StandardOutput on(OutputStream stream) {
    return new StandardOutput(new Remembering(stream), usual());
  }

  private static String orUsual(String name) {
    return name.isEmpty() ? usual().name() : name;
  }

  private static Charset usual() {
    return Charset.defaultCharset();
  }

  /** Why not all that was printed has been written; empty if all was, or nobody wants the rest. */
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
