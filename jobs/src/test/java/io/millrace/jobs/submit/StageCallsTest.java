package io.millrace.jobs.submit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StageCallsTest {
  @Test
  void endOfCallsDoesNotInterruptIdleThread() throws Exception {
    ByteArrayInputStream input = new ByteArrayInputStream("/a\n/b c\n".getBytes(UTF_8));
    StageCalls calls = StageCalls.from(input, Thread.currentThread());
    assertThat(calls.next()).contains(Path.of("/a"));
    assertThat(calls.next()).contains(Path.of("/b c"));
    assertThat(calls.next()).isEmpty();
    assertThat(Thread.interrupted()).isFalse();
    assertThat(calls.begin()).as("nobody waits for it").isFalse();
  }

  @Test
  void endOfCallsInterruptsOnlyTheCurrentWork() throws Exception {
    try (PipedInputStream input = new PipedInputStream()) {
      PipedOutputStream caller = new PipedOutputStream(input);
      StageCalls calls = StageCalls.from(input, Thread.currentThread());
      caller.write("/a\n".getBytes(UTF_8));
      caller.flush();
      assertThat(calls.next()).contains(Path.of("/a"));
      assertThat(calls.begin()).isTrue();
      caller.close();
      assertThatThrownBy(() -> new CountDownLatch(1).await(1, TimeUnit.MINUTES))
          .isInstanceOf(InterruptedException.class);
      calls.done();
      assertThat(calls.next()).isEmpty();
      assertThat(Thread.interrupted()).isFalse();
    }
  }
}
