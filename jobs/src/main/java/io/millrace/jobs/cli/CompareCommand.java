package io.millrace.jobs.cli;

import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.Pages;
import io.millrace.jobs.terminal.Screen;
import io.millrace.jobs.terminal.TextTable;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Column;
import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.report.CardPage;
import io.millrace.pipeline.report.Comparison;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Places;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace compare RUN RUN...}: runs side by side. */
final class CompareCommand implements Command {
  private static final String TO = "--to";
  private static final String PAGE = "compare.html";

  private final JobCatalogue jobs;

  CompareCommand(JobCatalogue jobs) {
    this.jobs = jobs;
  }

  @Override
  public String name() {
    return "compare";
  }

  @Override
  public String summary() {
    return "Compare runs: differences of their configuration, their figures side by side, their"
        + " curves in one chart.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            summary()
                + " Prints a table and writes a page; the last line on stdout is the page's path.",
            "millrace compare --workspace work/cifar10 2026-11-21T14-32-01.123Z"
                + " 2026-11-21T15-02-44.870Z",
            "millrace compare work/a/runs/2026-11-21T14-32-01.123Z"
                + " work/b/runs/2026-11-21T15-02-44.870Z --to comparison.html");
    RunChoice.addTo(spec);
    spec.addOption(
        Options.valued(TO, "FILE", "File of the page (default: " + PAGE + " in the first run)."));
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    List<RunRecord> runs = RunChoice.runs(parsed);
    if (runs.size() < 2) {
      throw Refusal.because(
          "", "Cannot compare " + runs.get(0).name() + ": name one more run to compare it with.");
    }
    Comparison comparison = new Comparison(runs);
    String title = runs.stream().map(RunRecord::name).collect(Collectors.joining(", "));
    String html = CardPage.html("Runs compared", title, comparison.card(jobs));
    String to = parsed.matchedOptionValue(TO, "");
    URI page = to.isEmpty() ? Pages.write(runs.get(0).folder(), PAGE, html) : Pages.write(to, html);
    OutputMode outputMode = OutputMode.of(parsed);
    if (outputMode.json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("page", Places.text(page));
      json.put("runs", objects(comparison.overview()));
      json.put("configuration", objects(comparison.differences()));
      json.put("figures", objects(comparison.figures()));
      screen.out().print(JsonText.pretty(json));
      return Status.DONE;
    }
    screen.out().print(text(comparison.overview()) + "\n");
    screen.out().print(text(comparison.differences()) + "\n");
    screen.out().print(text(comparison.figures()) + "\n");
    Pages.tell(page, outputMode, screen);
    return Status.DONE;
  }

  private static String text(Block.Table table) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(table.columns().stream().map(Column::name).toList());
    rows.addAll(table.rows());
    return table.rows().isEmpty() ? table.caption() + ": nothing.\n" : TextTable.table(rows);
  }

  private static List<Map<String, String>> objects(Block.Table table) {
    List<Map<String, String>> objects = new ArrayList<>();
    for (List<String> row : table.rows()) {
      Map<String, String> object = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        String name = table.columns().get(i).name();
        object.put(name.isEmpty() ? "letter" : name, row.get(i));
      }
      objects.add(object);
    }
    return objects;
  }
}
