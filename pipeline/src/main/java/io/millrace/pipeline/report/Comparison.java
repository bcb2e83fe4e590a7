package io.millrace.pipeline.report;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.Column;
import io.millrace.pipeline.card.Series;
import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.history.StageRecord;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A comparison of runs: differences of their configuration, their figures side by side, their
 * curves in one chart.
 */
public final class Comparison {
  private static final String NONE = "–";

  private final List<RunRecord> runs;

  /**
   * @param runs two or more, in the order that they are shown
   */
  public Comparison(List<RunRecord> runs) {
    this.runs = List.copyOf(runs);
  }

  /** The letter of a run, since its name is too long for a legend. */
  public String letter(int run) {
    return run < 26 ? String.valueOf((char) ('A' + run)) : "run " + (run + 1);
  }

  /** One row for each run: letter, run, pipeline, outcome, time, main figure. */
  public Block.Table overview() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      RunRecord run = runs.get(i);
      rows.add(
          List.of(
              letter(i),
              run.name(),
              run.pipeline(),
              run.state().text(),
              Amounts.seconds(run.seconds()),
              run.headline()));
    }
    List<Column> columns =
        List.of(
            Column.words(""),
            Column.words("run"),
            Column.words("pipeline"),
            Column.words("outcome"),
            Column.figures("time"),
            Column.words("main figure"));
    return new Block.Table("Runs", columns, rows);
  }

  /** One row for each key of the configuration that is not the same in all runs. */
  public Block.Table differences() {
    List<Map<String, String>> all = runs.stream().map(Comparison::keys).toList();
    Set<String> keys = new TreeSet<>();
    all.forEach(each -> keys.addAll(each.keySet()));
    List<List<String>> rows = new ArrayList<>();
    for (String key : keys) {
      row(key, all.stream().map(each -> each.getOrDefault(key, NONE)).toList(), true, rows);
    }
    return new Block.Table("Differences of the configuration", columns("key", false), rows);
  }

  /** One row for each stage's time and figures. */
  public Block.Table figures() {
    List<List<String>> rows = new ArrayList<>();
    for (String stage : stages()) {
      List<StageRecord> each = runs.stream().map(run -> run.stage(stage).orElse(null)).toList();
      List<String> times =
          each.stream()
              .map(s -> s == null || s.seconds() == 0 ? NONE : Amounts.seconds(s.seconds()))
              .toList();
      row(stage + ", time", times, false, rows);
      Set<String> names = new LinkedHashSet<>();
      each.stream().filter(s -> s != null).forEach(s -> names.addAll(s.metrics().keySet()));
      for (String name : names) {
        List<String> values =
            each.stream()
                .map(s -> s == null ? null : s.metrics().get(name))
                .map(value -> value == null ? NONE : Words.value(value))
                .toList();
        row(stage + ", " + name.replace('-', ' '), values, false, rows);
      }
    }
    return new Block.Table("Figures", columns("figure", true), rows);
  }

  private static void row(
      String name, List<String> values, boolean onlyIfDifferent, List<List<String>> rows) {
    if (!onlyIfDifferent || values.stream().distinct().count() > 1) {
      rows.add(Stream.concat(Stream.of(name), values.stream()).toList());
    }
  }

  private List<Column> columns(String first, boolean numeric) {
    List<Column> columns = new ArrayList<>(List.of(Column.words(first)));
    for (int i = 0; i < runs.size(); i++) {
      columns.add(new Column(letter(i), numeric));
    }
    return columns;
  }

  private Set<String> stages() {
    Set<String> names = new LinkedHashSet<>();
    runs.forEach(run -> run.stages().forEach(stage -> names.add(stage.name())));
    return names;
  }

  /**
   * All tables, and the curves in the jobs' cards.
   *
   * @param jobs the jobs, which make the cards
   */
  public Card card(JobCatalogue jobs) {
    List<Block> blocks = new ArrayList<>(List.of(overview()));
    Block.Table differences = differences();
    blocks.add(
        differences.rows().isEmpty()
            ? new Block.Paragraph("The configurations are the same.")
            : differences);
    blocks.add(figures());
    StageCards cards = new StageCards(jobs);
    stages().forEach(stage -> blocks.addAll(curves(stage, cards)));
    return new Card(blocks);
  }

  private List<Block> curves(String stage, StageCards cards) {
    Map<String, List<Series>> over = new LinkedHashMap<>();
    Map<String, Set<List<Integer>>> kinds = new HashMap<>();
    Map<String, Block.Lines> first = new LinkedHashMap<>();
    for (int i = 0; i < runs.size(); i++) {
      RunRecord run = runs.get(i);
      if (run.stage(stage).isEmpty()) {
        continue;
      }
      for (Block.Lines lines : lines(cards.of(run, run.stage(stage).get()).blocks())) {
        first.putIfAbsent(lines.title(), lines);
        kinds.computeIfAbsent(lines.title(), title -> new HashSet<>()).add(hashes(lines));
        over.computeIfAbsent(lines.title(), title -> new ArrayList<>())
            .addAll(lettered(letter(i), lines.series()));
      }
    }
    List<Block> blocks = new ArrayList<>();
    over.forEach(
        (title, series) -> {
          // Curves that are the same in all runs, such as those of a shared dataset, are left out.
          if (kinds.get(title).size() > 1) {
            Block.Lines axes = first.get(title);
            blocks.add(new Block.Lines(stage + ": " + title, axes.x(), axes.y(), series));
          }
        });
    return blocks;
  }

  private static List<Block.Lines> lines(List<Block> blocks) {
    List<Block.Lines> found = new ArrayList<>();
    for (Block block : blocks) {
      if (block instanceof Block.Lines lines) {
        found.add(lines);
      } else if (block instanceof Block.Fold fold) {
        found.addAll(lines(fold.blocks()));
      }
    }
    return found;
  }

  private static List<Series> lettered(String letter, List<Series> all) {
    List<Series> bold = all.stream().filter(each -> !each.faint()).toList();
    return bold.stream()
        .map(
            each ->
                new Series(
                    bold.size() == 1 ? letter : letter + " " + each.name(), each.x(), each.y()))
        .toList();
  }

  private static List<Integer> hashes(Block.Lines lines) {
    return lines.series().stream().map(each -> Arrays.hashCode(each.y())).toList();
  }

  private static Map<String, String> keys(RunRecord run) {
    Map<String, String> keys = new TreeMap<>();
    Config config;
    try {
      config = ConfigFactory.parseString(run.configuration());
    } catch (ConfigException e) {
      return keys;
    }
    config
        .entrySet()
        .forEach(
            entry ->
                keys.put(
                    String.join(".", ConfigUtil.splitPath(entry.getKey())),
                    entry.getValue().render(ConfigRenderOptions.concise())));
    return keys;
  }
}
