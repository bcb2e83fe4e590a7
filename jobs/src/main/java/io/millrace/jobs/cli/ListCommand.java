package io.millrace.jobs.cli;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.reference.ReferencePage;
import io.millrace.jobs.source.Source;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.Screen;
import io.millrace.jobs.terminal.TextTable;
import io.millrace.jobs.transform.Transform;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.Variant;
import io.millrace.pipeline.spec.Nearest;
import io.millrace.pipeline.spec.Variants;
import io.millrace.pipeline.store.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace list [jobs|architectures|engines|sources|transforms|reference]}. */
final class ListCommand implements Command {
  private static final String REFERENCE = "reference";

  private final JobCatalogue jobs;

  ListCommand(JobCatalogue jobs) {
    this.jobs = jobs;
  }

  private record Item(String name, String summary, String example) {}

  @Override
  public String name() {
    return "list";
  }

  @Override
  public String summary() {
    return "List the jobs, architectures, engines, sources and transforms.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            summary() + " Each with a line and an example.",
            "millrace list",
            "millrace list sources",
            "millrace list reference");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .paramLabel("KIND")
            .type(String.class)
            .description(
                "jobs, architectures, engines, sources or transforms (default: all of these); or reference:"
                    + " every job, key and choice as one page in Markdown.")
            .build());
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    Map<String, List<Item>> all = all();
    String kind = parsed.matchedPositionalValue(0, "");
    if (kind.equals(REFERENCE)) {
      String page = reference(jobs);
      boolean json = OutputMode.of(parsed).json();
      screen.out().print(json ? JsonText.pretty(Map.of(REFERENCE, page)) : page);
      return Status.DONE;
    }
    if (!kind.isEmpty() && !all.containsKey(kind)) {
      Set<String> kinds = new TreeSet<>(all.keySet());
      kinds.add(REFERENCE);
      throw Refusal.because(
          "", "Cannot list '" + kind + "'" + Nearest.hintAndList(kind, kinds, "the lists are"));
    }
    if (!kind.isEmpty()) {
      all.keySet().retainAll(List.of(kind));
    }
    screen.out().print(OutputMode.of(parsed).json() ? JsonText.pretty(json(all)) : text(all));
    return Status.DONE;
  }

  static String reference(JobCatalogue jobs) {
    return ReferencePage.text(
        jobs,
        job ->
            JobCommand.of(job).spec().options().stream()
                .flatMap(option -> Stream.of(option.names()))
                .collect(Collectors.toSet()));
  }

  private Map<String, List<Item>> all() {
    Map<String, List<Item>> all = new LinkedHashMap<>();
    all.put(
        "jobs",
        jobs.all().stream()
            .map(job -> new Item(job.name(), job.summary(), job.examples().get(0)))
            .toList());
    all.put("architectures", items(Architecture.class));
    all.put(
        "engines",
        Engines.all().stream()
            .map(it -> new Item(it.name(), it.summary(), "engine = " + it.name()))
            .toList());
    all.put("sources", items(Source.class));
    all.put("transforms", items(Transform.class));
    return all;
  }

  private static List<Item> items(Class<?> sealed) {
    return Variants.of(sealed).stream()
        .map((Variant it) -> new Item(it.value(), it.summary(), it.example()))
        .toList();
  }

  private static String text(Map<String, List<Item>> all) {
    List<List<String>> rows = new ArrayList<>();
    all.forEach(
        (kind, items) -> {
          if (!rows.isEmpty()) {
            rows.add(List.of(""));
          }
          if (all.size() > 1) {
            rows.add(List.of(kind));
          }
          for (Item item : items) {
            rows.add(List.of(item.name(), item.summary()));
            rows.add(List.of("", "  " + item.example()));
          }
        });
    return TextTable.table(rows);
  }

  private static Map<String, Object> json(Map<String, List<Item>> all) {
    Map<String, Object> json = new LinkedHashMap<>();
    all.forEach((kind, items) -> json.put(kind, items.stream().map(ListCommand::json).toList()));
    return json;
  }

  private static Map<String, Object> json(Item item) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", item.name());
    json.put("summary", item.summary());
    json.put("example", item.example());
    return json;
  }
}
