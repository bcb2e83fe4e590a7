package io.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.run.RunListener;
import io.millrace.pipeline.run.RunOptions;
import io.millrace.pipeline.run.Runner;
import io.millrace.pipeline.spec.PipelineReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class RunChoiceTest {
  @TempDir Path folder;
  private String file;
  private String workspace;
  private String older;
  private String newer;

  @BeforeEach
  void runTwice() throws IOException {
    workspace = folder.resolve("ws").toString();
    file = folder.resolve("p.conf").toString();
    Files.writeString(
        Path.of(file),
        "pipeline = p\nworkspace = \""
            + workspace
            + "\"\nstages { a { job = synthesize, train = 5, test = 1 } }");
    older = Path.of(runFolder()).toString();
    newer = Path.of(runFolder()).toString();
  }

  private URI runFolder() {
    return Runner.run(
            PipelineReader.read(Path.of(file), List.of(), JobCatalogue.installed()),
            RunOptions.DEFAULT,
            new RunListener() {})
        .runFolder();
  }

  @Test
  void takesNewestRunUnlessOneIsNamed() {
    assertThat(chosen(file)).containsExactly(newer);
    assertThat(chosen("--workspace", workspace)).containsExactly(newer);
    assertThat(chosen(file, name(older))).containsExactly(older);
    assertThat(chosen(name(newer), "--workspace", workspace, name(older)))
        .containsExactly(newer, older);
  }

  @Test
  void takesRunFoldersWithoutWorkspace() {
    assertThat(chosen(older, newer + "/")).containsExactly(older, newer);
    assertThat(chosen("file:" + older)).containsExactly(older);
  }

  @Test
  void namesMissingRunAndSuggestsOthers() {
    String typo = name(newer).replaceFirst("^2", "1");
    assertThatThrownBy(() -> chosen(file, typo))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(typo + ": there is no such run in " + workspace)
        .hasMessageContaining("did you mean '" + name(newer) + "'?");
    assertThatThrownBy(() -> chosen(name(newer)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("in which workspace is that run?");
    assertThatThrownBy(() -> chosen())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("give a pipeline file or --workspace DIR");
    assertThatThrownBy(() -> chosen(file, "other.conf"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("other.conf: is not a run, and a pipeline file is given already: " + file);
    assertThatThrownBy(() -> chosen("--workspace", folder.toString()))
        .isInstanceOf(CannotException.class)
        .hasMessage(
            "Cannot find a run in " + folder + ": no pipeline has run there yet; use millrace run");
  }

  private static String name(String run) {
    return Path.of(run).getFileName().toString();
  }

  private static List<String> chosen(String... arguments) {
    CommandSpec spec = Options.command("report", "For a test.");
    RunChoice.addTo(spec);
    return RunChoice.runs(new CommandLine(spec).parseArgs(arguments)).stream()
        .map(RunRecord::folder)
        .map(place -> Path.of(place).toString())
        .toList();
  }
}
