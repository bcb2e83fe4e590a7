package io.millrace.jobs.showing;

import io.millrace.pipeline.run.RunResult;
import io.millrace.pipeline.run.StageOutcome;
import io.millrace.pipeline.run.StageResult;
import io.millrace.pipeline.sweep.Combination;
import io.millrace.pipeline.sweep.SweptPipeline;
import io.millrace.pipeline.sweep.VariedKey;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The figures of the variants of a sweep. Compared are those with fractions, such as an accuracy,
 * of the stages that no other stage reads.
 *
 * @param keys that have several values
 * @param rows one for each combination of values, over its seeds
 * @param variants for programs
 */
public record SweepResult(
    List<VariedKey> keys, List<Row> rows, List<Map<String, Object>> variants) {
  private static final int LEAST_FOR_LOGARITHM = 10;

  /**
   * Equal values, with different seeds.
   *
   * @param values by key
   * @param variants how many there are
   * @param figures of those that succeeded, by name
   */
  public record Row(
      Map<VariedKey, String> values, int variants, Map<String, List<Double>> figures) {}

  /** A figure over the values of the only key that varies. */
  public record Curve(String key, String figure, double[] x, double[] y) {
    /** Whether the values are above 0 and go over a decade or more. */
    public boolean isLogarithmic() {
      return x[0] > 0 && x[x.length - 1] / x[0] >= LEAST_FOR_LOGARITHM;
    }
  }

  /** Gathers the figures. */
  public static SweepResult of(SweptPipeline swept, RunResult result) {
    Map<String, StageResult> stages =
        result.stages().stream().collect(Collectors.toMap(StageResult::name, it -> it));
    Set<String> leaves = swept.leaves();
    Map<Map<VariedKey, String>, Row> rows = new LinkedHashMap<>();
    List<Map<String, Object>> variants = new ArrayList<>();
    for (SweptPipeline.Variant variant : swept.variants()) {
      Map<String, Double> figures = new LinkedHashMap<>();
      boolean whole = true;
      for (Map.Entry<String, String> stage : variant.stages().entrySet()) {
        StageResult ended = stages.get(stage.getValue());
        whole &= ended.outcome() != StageOutcome.FAILED;
        if (leaves.contains(stage.getKey()) && ended.outcome() != StageOutcome.FAILED) {
          fractions(ended.metrics()).forEach(figures::put);
        }
      }
      Map<VariedKey, String> values = varied(variant.combination());
      Row row = rows.computeIfAbsent(values, it -> new Row(it, 0, new LinkedHashMap<>()));
      figures.forEach(
          (name, figure) ->
              row.figures().computeIfAbsent(name, it -> new ArrayList<>()).add(figure));
      rows.put(values, new Row(values, row.variants() + 1, row.figures()));
      variants.add(json(variant, values, whole, figures));
    }
    List<VariedKey> keys =
        List.copyOf(swept.variants().get(0).combination().values().keySet()).stream()
            .filter(key -> key.values().size() > 1)
            .toList();
    return new SweepResult(keys, List.copyOf(rows.values()), List.copyOf(variants));
  }

  private static Map<VariedKey, String> varied(Combination combination) {
    Map<VariedKey, String> varied = new LinkedHashMap<>(combination.values());
    varied.keySet().removeIf(key -> key.values().size() == 1);
    return varied;
  }

  private static Map<String, Double> fractions(Map<String, Object> metrics) {
    Map<String, Double> fractions = new LinkedHashMap<>();
    metrics.forEach(
        (name, value) -> {
          if (value instanceof Double number) {
            fractions.put(name, number);
          }
        });
    return fractions;
  }

  private static Map<String, Object> json(
      SweptPipeline.Variant variant,
      Map<VariedKey, String> values,
      boolean whole,
      Map<String, Double> figures) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("set", byName(values));
    variant.combination().repetition().ifPresent(it -> json.put("seed", it + 1));
    json.put("stages", variant.stages());
    json.put("outcome", whole ? "succeeded" : "failed");
    json.put("figures", figures);
    return json;
  }

  private static Map<String, String> byName(Map<VariedKey, String> values) {
    Map<String, String> named = new LinkedHashMap<>();
    values.forEach((key, value) -> named.put(key.key(), value));
    return named;
  }

  /** All figures that a variant has. */
  private Set<String> figures() {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.figures().keySet()));
    return names;
  }

  /** The values, and for each figure its mean and standard deviation over the seeds. */
  public List<List<String>> table() {
    List<List<String>> table = new ArrayList<>();
    List<String> head = new ArrayList<>();
    keys.forEach(key -> head.add(key.shortName()));
    head.add("seeds");
    head.addAll(figures());
    table.add(head);
    for (Row row : rows) {
      List<String> line = new ArrayList<>(row.values().values());
      line.add(Amounts.count(row.variants()));
      for (String name : figures()) {
        List<Double> found = row.figures().getOrDefault(name, List.of());
        line.add(found.isEmpty() ? "-" : text(found));
      }
      table.add(line);
    }
    return table;
  }

  private static String text(List<Double> found) {
    String mean = Amounts.figure(mean(found));
    return found.size() == 1 ? mean : mean + " ± " + Amounts.figure(deviation(found));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(it -> it).average().orElseThrow();
  }

  /** Of a sample: divided by one less than its size. */
  private static double deviation(List<Double> values) {
    double mean = mean(values);
    double squares = values.stream().mapToDouble(it -> (it - mean) * (it - mean)).sum();
    return values.size() < 2 ? 0 : Math.sqrt(squares / (values.size() - 1));
  }

  /** The first figure over the values of the key, if only one key varies and has numbers. */
  public Optional<Curve> curve() {
    Optional<String> figure = figures().stream().findFirst();
    boolean numbers =
        keys.size() == 1
            && keys.get(0).values().stream()
                .allMatch(it -> it.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?"));
    if (!numbers || figure.isEmpty()) {
      return Optional.empty();
    }
    List<Row> ordered =
        rows.stream()
            .filter(row -> row.figures().containsKey(figure.get()))
            .sorted((one, other) -> Double.compare(number(one), number(other)))
            .toList();
    return ordered.size() < 2
        ? Optional.empty()
        : Optional.of(
            new Curve(
                keys.get(0).shortName(),
                figure.get(),
                ordered.stream().mapToDouble(SweepResult::number).toArray(),
                ordered.stream()
                    .mapToDouble(row -> mean(row.figures().get(figure.get())))
                    .toArray()));
  }

  private static double number(Row row) {
    return Double.parseDouble(row.values().values().iterator().next());
  }

  /** For programs: each variant, and the summary over seeds. */
  public Map<String, Object> json() {
    List<Map<String, Object>> summary = new ArrayList<>();
    for (Row row : rows) {
      Map<String, Object> figures = new LinkedHashMap<>();
      row.figures()
          .forEach(
              (name, values) ->
                  figures.put(
                      name,
                      Map.of("mean", mean(values), "std", deviation(values), "values", values)));
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("set", byName(row.values()));
      line.put("seeds", row.variants());
      line.put("figures", figures);
      summary.add(line);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("variants", variants);
    json.put("summary", summary);
    return json;
  }
}
