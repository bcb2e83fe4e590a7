package io.millrace.jobs.showing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.card.Fact;
import io.millrace.pipeline.job.FactsRequest;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.run.RunListener;
import io.millrace.pipeline.run.SoloRun;
import io.millrace.pipeline.spec.FlagReader;
import io.millrace.pipeline.store.StoredArtifact;
import io.millrace.pipeline.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A result is shown as its job says, also where the job is a user's own. */
class ArtifactsTest {
  @TempDir private Path folder;
  private StoredArtifact artifact;

  @BeforeEach
  void make() {
    Path made = folder.resolve("made");
    SoloRun.run(
        FlagReader.read(new Weigh(), Map.of("most-grams", "12")),
        made.toUri(),
        false,
        Map.of(),
        new RunListener() {});
    artifact = Workspace.artifactAt(made.toString()).orElseThrow();
  }

  @Test
  void aJobSaysWhatIsInItsResult() throws IOException {
    Artifacts artifacts = new Artifacts(JobCatalogue.of(new Weigh()));
    assertThat(rows(artifacts)).contains("result|2 letters", "heaviest|9 g of 12 g");
    assertThat(artifacts.json(artifact))
        .containsEntry("job", "weigh")
        .containsEntry("heaviest", 9L);
  }

  @Test
  void whereTheJobIsNotInstalledTheFilesAreNamed() throws IOException {
    Artifacts artifacts = new Artifacts(JobCatalogue.of());
    assertThat(rows(artifacts)).contains("most grams|12", "holds|weights.json (14 bytes)");
    assertThat(artifacts.json(artifact))
        .containsEntry("job", "weigh")
        .doesNotContainKey("heaviest");
  }

  @Test
  void whereTheFileIsMissingTheFilesThatWereThereAreNamed() throws IOException {
    Files.delete(folder.resolve("made/weights.json"));
    Artifacts artifacts = new Artifacts(JobCatalogue.of(new Weigh()));
    assertThat(rows(artifacts)).contains("holds|weights.json (14 bytes)");
  }

  private List<String> rows(Artifacts artifacts) throws IOException {
    return artifacts.text(artifact).lines().map(line -> line.replaceAll(" {2,}", "|")).toList();
  }

  /** A job as a user's own jar may hold it. */
  private static final class Weigh implements Job<Weigh.Parameters> {
    private static final String FILE = "weights.json";

    record Parameters(@Key("what a letter may weigh at most") int mostGrams) {}

    @Override
    public String name() {
      return "weigh";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public String summary() {
      return "Weigh letters.";
    }

    @Override
    public List<String> examples() {
      return List.of();
    }

    @Override
    public Class<Parameters> parameters() {
      return Parameters.class;
    }

    @Override
    public JobResult run(JobRequest<Parameters> request, JobContext context) throws IOException {
      Files.writeString(Path.of(request.staging()).resolve(FILE), "{\"heaviest\":9}");
      int most = request.parameters().mostGrams();
      return new JobResult("d", Map.of("most-grams", most), "2 letters");
    }

    @Override
    public Optional<String> contentsFile() {
      return Optional.of(FILE);
    }

    @Override
    public List<Fact> facts(FactsRequest request) {
      Object heaviest = request.contents().get("heaviest");
      Object most = request.metrics().get("most-grams");
      return List.of(new Fact("heaviest", heaviest + " g of " + most + " g"));
    }
  }
}
