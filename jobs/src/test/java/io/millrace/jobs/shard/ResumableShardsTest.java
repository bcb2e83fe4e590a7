package io.millrace.jobs.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.files.JobFiles;
import io.millrace.pipeline.job.JobContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumableShardsTest {
  @TempDir Path temp;

  private final List<String> asked = new ArrayList<>();

  /** A shard is a file that holds its name. */
  private record Made(String path, long bytes) {}

  private record Files10(Path folder) implements ResumableShards.Kind<String, Made> {
    @Override
    public String name(String plan) {
      return plan;
    }

    @Override
    public long planned(String plan) {
      return 10;
    }

    @Override
    public long made(Made made) {
      return 10;
    }

    @Override
    public boolean isWhole(String plan, Made made) throws IOException {
      Path file = folder.resolve(made.path());
      return Files.exists(file) && Files.size(file) == made.bytes();
    }

    @Override
    public Set<String> files(String plan, Made made) {
      return Set.of(made.path());
    }
  }

  @Test
  void keepsFinishedShardsOnInterruptAndMakesTheRestNext() throws Exception {
    Path kept = temp.resolve("kept");
    assertThatThrownBy(() -> attempt(kept, List.of("a", "b", "c"), 2))
        .isInstanceOf(CancellationException.class)
        .hasMessage("2 of 3 shards are finished and kept");
    Files.writeString(kept.resolve("split=train/b"), "b, cut short");
    Files.writeString(kept.resolve("split=train/stray"), "of another source");
    asked.clear();

    List<Made> made = attempt(kept, List.of("a", "b", "c"), 3);
    assertThat(asked).containsExactly("b", "c");
    assertThat(made)
        .extracting(Made::path)
        .containsExactly("split=train/a", "split=train/b", "split=train/c");
    assertThat(kept.resolve("split=train/stray")).doesNotExist();

    shards(kept).moveTo(JobFiles.in(temp.resolve("artifact").toUri()));
    assertThat(temp.resolve("artifact").toFile().list()).containsExactly("split=train");
  }

  private ResumableShards<String, Made> shards(Path kept) {
    return new ResumableShards<>(
        kept.toUri(), List.of(kept.toUri()), "test", Made.class, new Files10(kept));
  }

  private List<Made> attempt(Path kept, List<String> plans, int most) throws IOException {
    return shards(kept)
        .make(
            plans,
            JobContext.silent(),
            (rest, done) -> {
              List<Made> all = new ArrayList<>();
              for (String plan : rest) {
                if (all.size() == most) {
                  throw new CancellationException();
                }
                asked.add(plan);
                Path file = kept.resolve("split=train/" + plan);
                Files.createDirectories(file.getParent());
                Files.writeString(file, plan);
                all.add(new Made("split=train/" + plan, 1));
                ResumableShards.keep(kept.toUri(), plan, all.get(all.size() - 1));
                done.accept(all.get(all.size() - 1));
              }
              return all;
            });
  }
}
