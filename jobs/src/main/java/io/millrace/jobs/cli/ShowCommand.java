package io.millrace.jobs.cli;

import io.millrace.jobs.showing.Artifacts;
import io.millrace.jobs.showing.RunTables;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.Screen;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.history.RunHistory;
import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.store.ArtifactManifest;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.StoredArtifact;
import io.millrace.pipeline.store.Workspace;
import java.io.IOException;
import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace show PATH}: an artifact or a run. */
final class ShowCommand implements Command {
  private final JobCatalogue jobs;

  ShowCommand(JobCatalogue jobs) {
    this.jobs = jobs;
  }

  @Override
  public String name() {
    return "show";
  }

  @Override
  public String summary() {
    return "Show an artifact (a dataset, statistics, a model, an evaluation) or a run.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            summary(),
            "millrace show shards/cifar10",
            "millrace show work/quickstart/artifacts/model/FINGERPRINT --json",
            "millrace show work/quickstart/runs/UTC");
    spec.addPositional(
        Options.required(
            "PATH",
            "The artifact's folder (artifact in a run's JSON, or a job's --output), or a run's"
                + " folder."));
    Options.conf().forEach(spec::addOption);
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    String path = parsed.matchedPositionalValue(0, "");
    URI place = GivenPath.present(path);
    boolean json = OutputMode.of(parsed).json();
    if (RunChoice.isFolder(place)) {
      RunRecord run = RunHistory.at(place);
      screen.out().print(json ? JsonText.pretty(RunTables.json(run)) : RunTables.table(run));
      return Status.DONE;
    }
    StoredArtifact artifact =
        Workspace.artifactAt(path)
            .orElseThrow(() -> new CannotException("show " + path, whyNot(path)));
    Artifacts artifacts = new Artifacts(jobs);
    try {
      screen
          .out()
          .print(json ? JsonText.pretty(artifacts.json(artifact)) : artifacts.text(artifact));
      return Status.DONE;
    } catch (IOException | ClassCastException e) {
      throw new CannotException("show " + path, "it is damaged: " + e.getMessage(), e);
    }
  }

  private static String whyNot(String path) {
    return Workspace.open(path).inventory().entries().isEmpty()
        ? "it is not an artifact (it has no "
            + ArtifactManifest.FILE
            + ") and not a run; give a folder that a run's JSON calls artifact"
        : "it is a workspace; millrace status --workspace " + path + " lists its runs";
  }
}
