package io.millrace.jobs.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardBytesTest {
  /** Ways of a JVM to number objects: at random, all alike, one by one, the usual one. */
  private static final List<Integer> NUMBERINGS = List.of(0, 2, 3, 5);

  @TempDir Path temp;

  @Test
  void sameBytesFromEveryJvm() throws Exception {
    Set<String> checksums = new HashSet<>();
    for (int numbering : NUMBERINGS) {
      checksums.add(checksumBy(numbering));
    }
    assertThat(checksums).hasSize(1);
  }

  private String checksumBy(int numbering) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=" + numbering));
    command.addAll(List.of("-cp", classPath(), OneShard.class.getName()));
    command.add(temp.resolve("by-" + numbering).toString());
    Process process =
        new ProcessBuilder(command)
            .redirectError(temp.resolve("log-" + numbering).toFile())
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return printed.strip();
  }

  private static String classPath() {
    String tests = System.getProperty("surefire.test.class.path", "");
    return tests.isEmpty() ? System.getProperty("java.class.path") : tests + File.pathSeparator;
  }
}
