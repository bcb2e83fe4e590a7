package io.millrace.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.store.Digests;
import io.millrace.pipeline.store.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that changes while a stage reads it. */
class SourceChangesTest {
  @TempDir Path folder;
  private Path source;
  private PipelineFile file;

  /** Reads a folder and changes it afterwards, the first times that it is called. */
  private static final class Reads implements Job<Reads.Parameters> {
    private final int disturbed;
    private int calls;

    Reads(int disturbed) {
      this.disturbed = disturbed;
    }

    record Parameters(@Key("what to read") Location from) {}

    @Override
    public String name() {
      return "reads";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public String summary() {
      return "Reads a folder.";
    }

    @Override
    public List<String> examples() {
      return List.of("millrace reads");
    }

    @Override
    public Class<Parameters> parameters() {
      return Parameters.class;
    }

    @Override
    public JobResult run(JobRequest<Parameters> request, JobContext context) throws IOException {
      Path read = Path.of(Places.uri(request.parameters().from().text())).resolve("a.txt");
      String text = Files.readString(read);
      if (++calls <= disturbed) {
        Files.writeString(read, "+" + calls, StandardOpenOption.APPEND);
      }
      Files.writeString(Path.of(request.staging()).resolve("out.txt"), text);
      return new JobResult(Digests.of(text), Map.of(), text);
    }
  }

  @BeforeEach
  void make() throws IOException {
    source = Files.createDirectory(folder.resolve("data"));
    Files.writeString(source.resolve("a.txt"), "one");
    file = new PipelineFile(folder).stages("s { job = reads, from = \"%s\" }".formatted(source));
  }

  @Test
  void readsChangedSourceOnceMore() {
    JobCatalogue jobs = JobCatalogue.of(new Reads(1));
    RunResult first = file.run(jobs);
    assertThat(first.succeeded()).isTrue();
    assertThat(first.stages().get(0).headline()).isEqualTo("one+1");
    RunResult again = file.run(jobs);
    assertThat(again.stages().get(0).outcome()).isEqualTo(StageOutcome.SKIPPED);
  }

  @Test
  void failsWhenSourceChangesTwice() {
    RunResult result = file.run(JobCatalogue.of(new Reads(2)));
    assertThat(result.succeeded()).isFalse();
    assertThat(result.stages().get(0).reason())
        .isEqualTo(
            "Cannot run the stage s: "
                + source
                + " changed while it was read (a.txt changed); run it again when its source no"
                + " longer changes");
    assertThat(file.workspace.resolve("artifacts/s")).doesNotExist();
  }
}
