package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Flags stand in people's scripts, so none may go. The file {@code flags.txt} lists those of each
 * job and only grows; what this test finds is left in {@code target/flags.txt}.
 */
class FlagsTest {
  private static final String FILE = "flags.txt";
  private static final Path FOUND = Path.of("target", FILE);

  private static Set<String> found() {
    Set<String> found = new TreeSet<>();
    for (Job<?> job : JobCatalogue.installed().all()) {
      new JobCommand(job, true)
          .spec().options().stream()
              .flatMap(option -> Arrays.stream(option.names()))
              .forEach(name -> found.add(job.name() + " " + name));
    }
    return found;
  }

  private static List<String> known() throws IOException {
    try (InputStream in = FlagsTest.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  @Test
  void keepsEveryKnownFlag() throws IOException {
    Set<String> found = found();
    Files.createDirectories(FOUND.getParent());
    Files.write(FOUND, found);
    List<String> known = known();
    assertThat(found)
        .as(
            "a flag that is gone: name it on its key, @Key(flag = \"..\"), or keep the key's old name"
                + " in formerly")
        .containsAll(known);
    assertThat(known)
        .as("a flag that is new: add it to the file, from jobs/%s", FOUND)
        .containsAll(found);
  }
}
