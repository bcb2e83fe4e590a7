package io.millrace.jobs.ingest;

import static io.millrace.jobs.testing.CifarFiles.RECORD;
import static io.millrace.jobs.testing.CifarFiles.records;
import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.testing.Ingests;
import io.millrace.jobs.testing.JobRunner;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ingest that died after some shards, and the attempt after it. */
class ResumedIngestTest {
  private static final int FINISHED = 4;

  @TempDir Path temp;
  private final List<String> notices = new ArrayList<>();

  @Test
  void keepsFinishedShards() throws Exception {
    String[] pairs = cifar(600, 7);
    killed(pairs);
    Map<String, Object> before = shards(kept());
    assertThat(before).hasSizeGreaterThanOrEqualTo(FINISHED).hasSizeLessThan(15);
    JobRunner.Done done = attempt("second", Integer.MAX_VALUE, pairs);

    assertThat(notices)
        .anySatisfy(it -> assertThat(it).contains("shards were finished by an interrupted ingest"));
    assertThat(shards(done.folder())).containsAllEntriesOf(before).hasSize(19);
    assertAsUndisturbed(done, pairs);
  }

  @Test
  void remakesIncompleteShards() throws Exception {
    String[] pairs = cifar(600, 7);
    killed(pairs);
    Map<String, Object> before = shards(kept());
    List<String> names = new ArrayList<>(before.keySet());
    cut(kept().resolve("_finished/" + plan(names.get(0)) + ".json"), 20);
    cut(kept().resolve(names.get(1)), 1);
    Files.delete(kept().resolve("_hashes/" + plan(names.get(2))));
    JobRunner.Done done = attempt("second", Integer.MAX_VALUE, pairs);

    Map<String, Object> after = shards(done.folder());
    assertThat(notices.get(0)).startsWith(before.size() - 3 + " of 19 shards were finished");
    for (int i = 0; i < names.size(); i++) {
      Object was = before.get(names.get(i));
      assertThat(after.get(names.get(i)).equals(was)).as(names.get(i)).isEqualTo(i > 2);
    }
    assertAsUndisturbed(done, pairs);
  }

  @Test
  void leavesNothingOfALongerEarlierSource() throws Exception {
    killed(cifar(600, 7));
    assertThat(kept().resolve("_quarantine")).isDirectoryContaining("glob:**listing-00000.rejects");
    String[] pairs = cifar(60, -1);
    JobRunner.Done done = attempt("second", Integer.MAX_VALUE, pairs);
    assertAsUndisturbed(done, pairs);
  }

  @Test
  void remakesShardsAfterANewClass() throws Exception {
    Path folder = temp.resolve("given");
    long bytes = 0;
    for (int i = 0; i < 40; i++) {
      bytes += Files.size(file(folder.resolve("cat/" + i + ".jpg"), jpeg(i)));
    }
    // Seven shards and a half, so that one more picture makes none more.
    String[] pairs = {
      "source.format=folder", "source.path=" + folder, "shard-bytes=" + bytes * 10 / 75
    };
    killed(pairs);
    file(folder.resolve("dog/1.jpg"), jpeg(100));
    JobRunner.Done done = attempt("second", Integer.MAX_VALUE, pairs);
    assertThat(Dataset.open(done.folder().toUri()).classCounts().get("train"))
        .containsExactly(40L, 1L);
    assertAsUndisturbed(done, pairs);
  }

  @Test
  void remakesShardsAfterARenamedClass() throws Exception {
    String[] pairs = cifar(600, -1);
    Path folder = Files.createDirectory(temp.resolve("cifar"));
    Files.move(temp.resolve("data_batch_1.bin"), folder.resolve("data_batch_1.bin"));
    Path meta = folder.resolve("batches.meta.txt");
    Files.writeString(meta, "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n");
    pairs[1] = "source.path=" + folder;
    killed(pairs);
    Files.writeString(meta, "a\nb\nc\nd\ne\nf\ng\nh\ni\nk\n");
    JobRunner.Done done = attempt("second", Integer.MAX_VALUE, pairs);
    assertThat(Dataset.open(done.folder().toUri()).classNames()).endsWith("k");
    assertAsUndisturbed(done, pairs);
  }

  private void assertAsUndisturbed(JobRunner.Done done, String... pairs) throws Exception {
    JobRunner.Done whole = Ingests.run(temp, "undisturbed", pairs);
    assertThat(done.result().digest()).isEqualTo(whole.result().digest());
    assertThat(done.files()).isEqualTo(whole.files());
    for (String name : whole.files()) {
      assertThat(done.folder().resolve(name)).hasSameBinaryContentAs(whole.folder().resolve(name));
    }
  }

  /**
   * @param bad the number of a record with a label that is none; -1 for no such
   */
  private String[] cifar(int count, int bad) throws IOException {
    byte[] bytes = records(count, 1);
    if (bad >= 0) {
      bytes[bad * RECORD] = 99;
    }
    Path batch = Files.write(temp.resolve("data_batch_1.bin"), bytes);
    return new String[] {
      "source.format=cifar10", "source.path=" + batch, "shard-bytes=100000", "max-quarantine=1"
    };
  }

  private void killed(String... pairs) throws InterruptedException {
    assertThatThrownBy(() -> attempt("first", FINISHED, pairs)).hasStackTraceContaining("killed");
    // Spark does not wait for the task that had begun.
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("Executor task launch worker")) {
        thread.join(30_000);
      }
    }
    notices.clear();
  }

  private Path kept() {
    return temp.resolve("kept/f");
  }

  private JobRunner.Done attempt(String name, int shards, String... pairs) throws Exception {
    Path staging = Files.createDirectories(temp.resolve(name));
    JobRequest<IngestParameters> request =
        new JobRequest<>(
            "stage",
            Ingests.parameters(pairs),
            staging.toUri(),
            kept().toUri(),
            Files.createDirectories(temp.resolve("scratch")).toUri(),
            Map.of("spark.master", "local[1]"),
            "millrace ingest");
    try {
      JobResult result = new IngestJob().run(request, new Dying(shards));
      return new JobRunner.Done(staging, result);
    } finally {
      SharedSpark.stop();
    }
  }

  /** Which file it is and when it was written, by its path. */
  private static Map<String, Object> shards(Path folder) throws IOException {
    Map<String, Object> shards = new LinkedHashMap<>();
    try (Stream<Path> all = Files.list(folder.resolve("split=train"))) {
      for (Path shard : all.sorted().toList()) {
        Object identity =
            List.of(Files.getAttribute(shard, "unix:ino"), Files.getLastModifiedTime(shard));
        shards.put(folder.relativize(shard).toString(), identity);
      }
    }
    return shards;
  }

  private static String plan(String shard) {
    return shard.replace("split=train/", "train-").replace(".parquet", "");
  }

  private static void cut(Path file, int bytes) throws IOException {
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, all.length - bytes));
  }

  /** Dies when so many shards are written. */
  private final class Dying implements JobContext {
    private final int shards;

    Dying(int shards) {
      this.shards = shards;
    }

    @Override
    public Progress progress(String label, long total, String unit) {
      return new Progress() {
        private int done;

        @Override
        public void advance(long n) {
          if (label.equals("ingest") && ++done == shards) {
            throw new IllegalStateException("killed");
          }
        }

        @Override
        public void note(String text) {}

        @Override
        public void close() {}
      };
    }

    @Override
    public void event(String kind, Map<String, ?> fields) {}

    @Override
    public void notice(String sentence) {
      notices.add(sentence);
    }
  }
}
