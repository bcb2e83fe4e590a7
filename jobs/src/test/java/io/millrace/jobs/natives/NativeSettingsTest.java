package io.millrace.jobs.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeSettingsTest {
  private static final long GIB = 1L << 30;

  @TempDir Path folder;

  @Test
  void offHeapMemoryIsWhatTheHeapLeaves() {
    MemoryLimits roomy = MemoryLimits.of(2 * GIB, 20 * GIB);
    assertThat(roomy.resident()).isEqualTo(18 * GIB);
    assertThat(roomy.offHeap()).isEqualTo(16 * GIB);
    assertThat(MemoryLimits.of(20 * GIB, 20 * GIB).offHeap()).isEqualTo(5 * GIB);
  }

  @Test
  void leavesTheAllocatorAloneWhereTheUserHasSetIt() {
    assertThat(AllocatorSettings.setBy(Map.of("HOME", "/h"))).isFalse();
    assertThat(AllocatorSettings.setBy(Map.of("MALLOC_ARENA_MAX", "2"))).isTrue();
    assertThat(AllocatorSettings.setBy(Map.of("GLIBC_TUNABLES", "x"))).isTrue();
  }

  @Test
  void unpacksNativesIntoTheUsersCacheFolder() {
    assertThat(NativeFolder.preferred(Map.of(), "/home/x"))
        .isEqualTo(Path.of("/home/x/.cache/millrace/natives"));
    assertThat(NativeFolder.preferred(Map.of("XDG_CACHE_HOME", "/c"), "/home/x"))
        .isEqualTo(Path.of("/c/millrace/natives"));
    assertThat(NativeFolder.preferred(Map.of("HOME", "/h"), "?"))
        .as("of a user whom the system does not know")
        .isEqualTo(Path.of("/h/.cache/millrace/natives"));
  }

  @Test
  void loadsFromThePreferredFolderUnderItsLock() {
    List<Path> used = new ArrayList<>();
    NativeFolder.locked(folder.resolve("a/b"), used::add);
    assertThat(used).containsExactly(folder.resolve("a/b"));
    assertThat(folder.resolve("a/b/load.lock")).exists();
  }

  @Test
  void takesFreshFolderWhenThePreferredIsUnwritable() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    List<Path> used = new ArrayList<>();
    NativeFolder.locked(file.resolve("below"), used::add);
    assertThat(used).hasSize(1);
    assertThat(used.get(0)).isEmptyDirectory();
    Files.delete(used.get(0));
  }
}
