package io.millrace.pipeline.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.StageSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The variants of a pipeline as one pipeline. A stage that is the same in all variants is there
 * once under its own name; one that differs is there once for each form, as {@code
 * model-lr0.1-seed2}.
 *
 * @param text the pipeline in HOCON
 * @param variants each combination
 * @param leaves the stages, by their names in the file, that no other stage reads
 */
public record SweptPipeline(String text, List<Variant> variants, Set<String> leaves) {
  private static final String STAGES = "stages";
  private static final String SEED = "seed";

  /**
   * A variant.
   *
   * @param combination of values
   * @param stages the names of its stages in the whole, by their names in the file
   */
  public record Variant(Combination combination, Map<String, String> stages) {}

  /**
   * Combines variants.
   *
   * @param keys that vary, each with at least one value
   * @param seeds how often each combination is there, with another seed each time; at least 1
   * @param seeded the job whose stages have another seed
   * @param reader reads the pipeline with overrides
   * @throws io.millrace.pipeline.ConfigurationException with the problems of the first variant that
   *     has some
   */
  public static SweptPipeline of(
      List<VariedKey> keys, int seeds, String seeded, Function<List<String>, PipelineSpec> reader) {
    List<Combination> combinations = Combination.all(keys, seeds);
    List<PipelineSpec> specs = new ArrayList<>();
    for (Combination combination : combinations) {
      List<String> sets = new ArrayList<>(combination.sets());
      PipelineSpec spec = reader.apply(sets);
      if (combination.repetition().orElse(0) > 0) {
        sets.addAll(seedsOf(spec, seeded, combination.repetition().getAsLong()));
        spec = reader.apply(sets);
      }
      specs.add(spec);
    }
    return new Combining(combinations, specs).combined();
  }

  private static List<String> seedsOf(PipelineSpec spec, String job, long more) {
    Config config = ConfigFactory.parseString(spec.resolved());
    return spec.stages().stream()
        .filter(stage -> stage.job().name().equals(job))
        .map(
            stage -> {
              String path = STAGES + "." + ConfigUtil.quoteString(stage.name()) + "." + SEED;
              long own = config.hasPath(path) ? config.getLong(path) : 1;
              return path + "=" + (own + more);
            })
        .toList();
  }

  /** The work of finding out which stages are the same. */
  private static final class Combining {
    private final List<Combination> combinations;
    private final List<PipelineSpec> specs;
    private final List<ConfigObject> stages = new ArrayList<>();
    private final List<Map<String, String>> names = new ArrayList<>();
    private final Map<String, ConfigValue> made = new LinkedHashMap<>();

    Combining(List<Combination> combinations, List<PipelineSpec> specs) {
      this.combinations = combinations;
      this.specs = specs;
      for (PipelineSpec spec : specs) {
        stages.add(ConfigFactory.parseString(spec.resolved()).getObject(STAGES));
        names.add(new HashMap<>());
      }
    }

    SweptPipeline combined() {
      List<StageSpec> waiting = new ArrayList<>(specs.get(0).stages());
      while (!waiting.isEmpty()) {
        StageSpec ready =
            waiting.stream()
                .filter(stage -> names.get(0).keySet().containsAll(stage.upstream()))
                .findFirst()
                .orElseThrow();
        waiting.remove(ready);
        name(ready.name());
      }
      ConfigObject root = ConfigFactory.parseString(specs.get(0).resolved()).root();
      ConfigObject whole = root.withValue(STAGES, ConfigFactory.empty().root());
      ConfigObject all = ConfigFactory.empty().root();
      for (Map.Entry<String, ConfigValue> stage : made.entrySet()) {
        all = all.withValue(stage.getKey(), stage.getValue());
      }
      whole = whole.withValue(STAGES, all);
      List<Variant> variants = new ArrayList<>();
      for (int i = 0; i < combinations.size(); i++) {
        variants.add(new Variant(combinations.get(i), Map.copyOf(names.get(i))));
      }
      ConfigRenderOptions plain =
          ConfigRenderOptions.defaults().setJson(false).setOriginComments(false);
      return new SweptPipeline(whole.render(plain), List.copyOf(variants), leaves());
    }

    private Set<String> leaves() {
      Set<String> leaves = new LinkedHashSet<>();
      List<StageSpec> all = specs.get(0).stages();
      all.forEach(stage -> leaves.add(stage.name()));
      all.forEach(stage -> leaves.removeAll(stage.upstream()));
      return leaves;
    }

    /** Names a stage, whose upstream stages have names, in every variant. */
    private void name(String stage) {
      Map<ConfigValue, List<Integer>> forms = new LinkedHashMap<>();
      for (int i = 0; i < combinations.size(); i++) {
        ConfigValue form = renamed(stages.get(i).get(stage), names.get(i));
        forms.computeIfAbsent(form, it -> new ArrayList<>()).add(i);
      }
      Set<String> taken = new LinkedHashSet<>();
      for (Map.Entry<ConfigValue, List<Integer>> form : forms.entrySet()) {
        String name = forms.size() == 1 ? stage : stage + "-" + common(form.getValue());
        while (!taken.add(name)) {
          name += "-" + taken.size();
        }
        for (int variant : form.getValue()) {
          names.get(variant).put(stage, name);
        }
        made.put(name, form.getKey());
      }
    }

    /** What the variants of one form have in common. */
    private String common(List<Integer> variants) {
      List<String> parts = new ArrayList<>(combinations.get(variants.get(0)).parts());
      for (int variant : variants) {
        parts.retainAll(combinations.get(variant).parts());
      }
      return parts.isEmpty() ? "v" + (variants.get(0) + 1) : String.join("-", parts);
    }

    /** A value with its references to stages renamed. */
    private static ConfigValue renamed(ConfigValue value, Map<String, String> names) {
      if (value instanceof ConfigObject object) {
        ConfigObject changed = object;
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
          changed = changed.withValue(entry.getKey(), renamed(entry.getValue(), names));
        }
        return changed;
      }
      if (value instanceof ConfigList list) {
        return ConfigValueFactory.fromIterable(
            list.stream().map(it -> renamed(it, names)).toList());
      }
      return value.unwrapped() instanceof String text && text.startsWith("@")
          ? ConfigValueFactory.fromAnyRef(renamed(text, names))
          : value;
    }

    private static String renamed(String reference, Map<String, String> names) {
      int slash = reference.indexOf('/');
      String stage = reference.substring(1, slash < 0 ? reference.length() : slash);
      String part = slash < 0 ? "" : reference.substring(slash);
      return "@" + names.getOrDefault(stage, stage) + part;
    }
  }
}
