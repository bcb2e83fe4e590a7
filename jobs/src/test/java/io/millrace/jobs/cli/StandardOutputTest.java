package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.terminal.StandardOutput;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int tell(OutputStream out, String... words) {
    PrintStream errors = new PrintStream(err, true, UTF_8);
    return CommandLineDoor.open(StandardOutput.on(out), errors).run(words);
  }

  @Test
  void failsWhenResultDoesNotFitOnTheDisk() throws Exception {
    try (OutputStream full = new FileOutputStream("/dev/full")) {
      assertThat(tell(full, "list")).isEqualTo(1);
    }
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "Cannot write to standard output: No space left on device; everything else"
                + " succeeded\n");
  }

  @Test
  void keepsStatusOfMistakeOnFullDisk() throws Exception {
    try (OutputStream full = new FileOutputStream("/dev/full")) {
      assertThat(tell(full, "list", "nothing", "--json")).isEqualTo(2);
    }
    assertThat(err.toString(UTF_8))
        .startsWith("Cannot list 'nothing'")
        .endsWith("Cannot write to standard output: No space left on device\n");
  }

  @Test
  void closedPipeIsNoFailure() throws Exception {
    Pipe pipe = Pipe.open();
    pipe.source().close();
    try (OutputStream in = Channels.newOutputStream(pipe.sink())) {
      assertThat(tell(in, "list")).isZero();
    }
    assertThat(err.toString(UTF_8)).isEmpty();
  }
}
