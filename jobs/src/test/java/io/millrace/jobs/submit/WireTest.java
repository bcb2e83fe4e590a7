package io.millrace.jobs.submit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.job.JobContext;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What jobs in another process tell, one after another on one stream. */
class WireTest {
  private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(wire, true, UTF_8);
  private final List<String> heard = new ArrayList<>();

  private final class Ear implements JobContext {
    private final String name;

    Ear(String name) {
      this.name = name;
    }

    @Override
    public Progress progress(String label, long total, String unit) {
      heard.add(name + " " + label + " of " + total + " " + unit);
      return new Heard(name + " " + label);
    }

    @Override
    public void event(String kind, Map<String, ?> fields) {
      heard.add(name + " " + kind + " " + fields);
    }

    @Override
    public void notice(String sentence) {
      heard.add(name + " " + sentence);
    }
  }

  private final class Heard implements JobContext.Progress {
    private final String what;

    Heard(String what) {
      this.what = what;
    }

    @Override
    public void advance(long n) {
      heard.add(what + " +" + n);
    }

    @Override
    public void already(long n) {
      heard.add(what + " already " + n);
    }

    @Override
    public JobContext.Progress part(String label, long total) {
      return new Heard(what + "/" + label);
    }

    @Override
    public void note(String text) {
      heard.add(what + ": " + text);
    }

    @Override
    public void close() {
      heard.add(what + " closed");
    }
  }

  private BufferedReader lines() {
    return new BufferedReader(new StringReader(wire.toString(UTF_8)));
  }

  @Test
  void readsMessagesOfItsOwnCallOnly() throws IOException {
    WireContext one = new WireContext(out, 1);
    JobContext.Progress late = one.progress("read", 10, "images");
    late.part("worker 1", 5).advance(2);
    one.send("result", Map.of("digest", "a"));
    WireContext two = new WireContext(out, 2);
    out.println("a JVM warns");
    two.notice("Begun.");
    late.advance(3);
    two.event("round", Map.of("loss", 0.5));
    two.send("cannot", Map.of("text", "Cannot"));
    BufferedReader lines = lines();
    assertThat(new WireReader(new Ear("one"), 1).read(lines).orElseThrow())
        .containsEntry("kind", "result")
        .containsEntry("digest", "a");
    assertThat(heard)
        .containsExactly(
            "one read of 10 images",
            "one read/worker 1 +2",
            "one read closed",
            "one read/worker 1 closed");
    heard.clear();
    assertThat(new WireReader(new Ear("two"), 2).read(lines).orElseThrow())
        .containsEntry("text", "Cannot");
    assertThat(heard).containsExactly("two Begun.", "two round {loss=0.5}");
  }

  @Test
  void returnsNothingWhenTheProcessEndsWithoutResult() throws IOException {
    new WireContext(out, 1).progress("read", 10, "images");
    assertThat(new WireReader(new Ear("one"), 1).read(lines())).isEmpty();
    assertThat(heard).containsExactly("one read of 10 images", "one read closed");
  }
}
