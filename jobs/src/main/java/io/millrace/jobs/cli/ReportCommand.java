package io.millrace.jobs.cli;

import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.Pages;
import io.millrace.jobs.terminal.Screen;
import io.millrace.pipeline.history.RunFiles;
import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.report.RunPage;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace report [FILE|RUN]}: the page about one run. */
final class ReportCommand implements Command {
  private static final String OPEN = "--open";

  private final JobCatalogue jobs;

  ReportCommand(JobCatalogue jobs) {
    this.jobs = jobs;
  }

  @Override
  public String name() {
    return "report";
  }

  @Override
  public String summary() {
    return "Write the report of a run, one HTML page, again and say where it is.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            summary()
                + " A run writes its own report every 10 s and at its end; this command is for a"
                + " run that was killed, or whose pictures have changed since. The last line on"
                + " stdout is the page's path.",
            "millrace report conf/quickstart.conf --open",
            "millrace report --workspace work/cifar10",
            "millrace report work/cifar10/runs/2026-11-21T14-32-01.123Z");
    RunChoice.addTo(spec);
    spec.addOption(Options.switched(OPEN, "Open the page in the browser."));
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    List<RunRecord> runs = RunChoice.runs(parsed);
    if (runs.size() > 1) {
      throw Refusal.because(
          runs.get(1).name(), "a report is about one run; for several use millrace compare");
    }
    RunRecord run = runs.get(0);
    String html = new RunPage(jobs).html(run, Instant.now());
    URI page = Pages.write(run.folder(), RunFiles.REPORT, html);
    Pages.tell(page, OutputMode.of(parsed), screen);
    if (parsed.hasMatchedOption(OPEN)) {
      Pages.open(page);
    }
    return Status.DONE;
  }
}
