package io.millrace.pipeline.spec;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.Key;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads a pipeline from a file or a text. */
public final class PipelineReader {
  static final String PARAMS = PipelineKeys.PARAMS;
  static final String STAGES = PipelineKeys.STAGES;
  static final List<String> KEYS = List.copyOf(PipelineKeys.top().keySet());

  /** A name that can be a folder, since a stage has a folder in the workspace. */
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

  private record TopKeys(
      @Key(PipelineKeys.PIPELINE) String pipeline, @Key(PipelineKeys.WORKSPACE) String workspace) {}

  private final Path file;
  private final Optional<String> text;
  private final JobCatalogue jobs;
  private final SettingsCheck check;
  private final Problems problems = new Problems();

  private final List<String> sets;

  private PipelineReader(
      Path file, Optional<String> text, List<String> sets, JobCatalogue jobs, SettingsCheck check) {
    this.file = file;
    this.text = text;
    this.sets = sets;
    this.jobs = jobs;
    this.check = check;
  }

  /**
   * Reads and checks a whole pipeline. Relative paths are taken from the current directory.
   *
   * @param file the HOCON file
   * @param sets overrides, each {@code key=value}; a value that is not a HOCON number, boolean,
   *     list or object is a plain string
   * @param jobs the jobs that stages may name
   * @param check of the settings of each stage
   * @throws ConfigurationException with all problems of the file and the overrides
   */
  public static PipelineSpec read(
      Path file, List<String> sets, JobCatalogue jobs, SettingsCheck check) {
    return new PipelineReader(file, Optional.empty(), sets, jobs, check).read();
  }

  /**
   * The same for a pipeline given as text. Files in {@code include file("..")} are relative to the
   * current directory.
   *
   * @param hocon the text of a pipeline file
   * @throws ConfigurationException with all problems of the text
   */
  public static PipelineSpec readText(String hocon, JobCatalogue jobs, SettingsCheck check) {
    Path name = Path.of(Place.TEXT);
    return new PipelineReader(name, Optional.of(hocon), List.of(), jobs, check).read();
  }

  /** The same without a check of the settings. */
  public static PipelineSpec read(Path file, List<String> sets, JobCatalogue jobs) {
    return read(file, sets, jobs, SettingsCheck.NONE);
  }

  private PipelineSpec read() {
    Config parsed =
        text.isPresent() ? Syntax.parseText(text.get(), problems) : Syntax.parse(file, problems);
    if (!parsed.root().containsKey(STAGES)) {
      // If a file or its include can't be read, everything in it would be reported as missing too.
      stopIfAny();
    }
    Config laid = Overrides.apply(parsed, sets, jobs, problems);
    ConfigObject root = Syntax.resolve(laid, problems).root();
    if (root.isEmpty() && !parsed.isEmpty()) {
      stopIfAny();
    }
    Optional<TopKeys> top = top(root);
    Map<String, String> settings = new TreeMap<>();
    SparkSettings.read(
        Optional.ofNullable(root.get(StageKeys.SPARK)), StageKeys.SPARK, problems, settings);
    Map<String, Place> lines = lines(parsed);
    Map<String, StageReader> readers = new HashMap<>();
    for (String name : stages(root)) {
      ConfigValue value = ((ConfigObject) root.get(STAGES)).get(name);
      Place place = lines.getOrDefault(name, Place.of(value));
      if (!name.matches(NAME)) {
        problems.add(
            place,
            Mark.word(STAGES, name),
            "stages: '" + name + "' is not a name: use letters, digits, . _ and -");
      }
      readers.put(name, new StageReader(name, place, value, settings, jobs, problems));
    }
    List<StageSpec> specs = new ArrayList<>();
    List<StageReader> ordered = readers.values().stream().sorted().toList();
    for (StageReader reader : ordered) {
      reader.read().ifPresent(specs::add);
      reader.check(check);
    }
    References.check(ordered, problems);
    stopIfAny();
    TopKeys keys = top.orElseThrow();
    ConfigRenderOptions plain =
        ConfigRenderOptions.defaults().setJson(false).setOriginComments(false);
    return new PipelineSpec(
        keys.pipeline,
        keys.workspace,
        List.copyOf(specs),
        root.render(plain),
        file.toString(),
        List.copyOf(sets));
  }

  private void stopIfAny() {
    SourceLines lines = text.map(SourceLines::ofText).orElseGet(() -> new SourceLines(sets));
    problems.throwIfAny(file.normalize().toString(), lines);
  }

  private Optional<TopKeys> top(ConfigObject root) {
    Binder binder = new Binder(new FileOrigins(file, root), problems, location -> location);
    Optional<TopKeys> top =
        binder.bind(TopKeys.class, root, List.of(PARAMS, StageKeys.SPARK, STAGES), root);
    if (top.isPresent() && !top.get().pipeline.matches(NAME)) {
      problems.add(
          binder.places().get("pipeline"),
          Mark.word("pipeline", top.get().pipeline),
          "pipeline: '" + top.get().pipeline + "' is not a name: use letters, digits, . _ and -");
    }
    return top.flatMap(keys -> absolute(keys, binder.places().get("workspace")));
  }

  private Optional<TopKeys> absolute(TopKeys keys, Place place) {
    try {
      return Optional.of(new TopKeys(keys.pipeline, Locations.absolute(keys.workspace)));
    } catch (IllegalArgumentException e) {
      problems.add(place, Mark.word("workspace", keys.workspace), "workspace: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Set<String> stages(ConfigObject root) {
    ConfigValue params = root.get(PARAMS);
    if (params != null
        && !Syntax.isUnresolved(params)
        && params.valueType() != ConfigValueType.OBJECT) {
      problems.add(
          Place.of(params),
          Mark.key(PARAMS),
          PARAMS + ": " + ScalarText.shown(params) + " can't be used: write { }");
    }
    ConfigValue stages = root.getOrDefault(STAGES, ConfigValueFactory.fromAnyRef(null));
    if (Syntax.isUnresolved(stages)) {
      return new TreeSet<>();
    }
    if (stages instanceof ConfigObject object && !object.isEmpty()) {
      return new TreeSet<>(object.keySet());
    }
    boolean absent = stages.valueType() == ConfigValueType.NULL;
    problems.add(
        absent ? new Place(file.toString(), 1) : Place.of(stages),
        Mark.key(STAGES),
        STAGES + ": a pipeline needs at least one stage: write stages { NAME { job = JOB } }");
    return new TreeSet<>();
  }

  /** The lines in the file: after substitution a stage may have the line of its base. */
  private static Map<String, Place> lines(Config parsed) {
    Map<String, Place> lines = new HashMap<>();
    try {
      if (parsed.root().get(STAGES) instanceof ConfigObject stages) {
        stages.forEach((name, stage) -> lines.put(name, Place.of(stage)));
      }
    } catch (ConfigException.NotResolved e) {
      // All stages come from one substitution, so only its lines are known.
      return Map.of();
    }
    return lines;
  }
}
