package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads one stage: the keys that every stage has, and those of its job. */
final class StageReader implements Comparable<StageReader>, Origins {
  private final String name;
  private final Place place;
  private final ConfigValue value;
  private final Map<String, String> settings;
  private final JobCatalogue jobs;
  private final Problems problems;
  private Map<String, Location> locations = Map.of();
  private Map<String, Place> places = Map.of();
  private Map<String, String> kinds = Map.of();
  private Optional<Job<?>> job = Optional.empty();

  /**
   * @param place the beginning of the stage in the file
   * @param settings those of the whole pipeline
   */
  StageReader(
      String name,
      Place place,
      ConfigValue value,
      Map<String, String> settings,
      JobCatalogue jobs,
      Problems problems) {
    this.name = name;
    this.place = place;
    this.value = value;
    this.settings = new TreeMap<>(settings);
    this.jobs = jobs;
    this.problems = problems;
  }

  String name() {
    return name;
  }

  /** Every location that could be read, by key path, once {@link #read} was called. */
  Map<String, Location> locations() {
    return locations;
  }

  /** The kind of artifact that a location must refer to; empty if any kind is allowed. */
  Optional<String> kindOf(String path) {
    return Optional.ofNullable(kinds.get(path));
  }

  /** The kind of artifact that the stage makes, after {@link #read}; empty if it has no job. */
  Optional<String> makes() {
    return job.map(Job::makes);
  }

  Place placeOf(String path) {
    return places.getOrDefault(path, place);
  }

  @Override
  public Place place(String path, ConfigValue nearest) {
    return nearest == value ? place : Place.of(nearest);
  }

  @Override
  public String label(String path, ConfigValue nearest) {
    return label(path);
  }

  String label(String path) {
    return Binder.join(Binder.join(PipelineReader.STAGES, name), path);
  }

  Optional<StageSpec> read() {
    if (Syntax.isUnresolved(value)) {
      return Optional.empty();
    }
    if (!(value instanceof ConfigObject object)) {
      problems.add(
          place,
          Mark.key(label("")),
          label("") + ": " + ScalarText.shown(value) + " is not a stage: write { job = JOB }");
      return Optional.empty();
    }
    SparkSettings.read(
        Optional.ofNullable(object.get(StageKeys.SPARK)),
        label(StageKeys.SPARK),
        problems,
        settings);
    Optional<StageKeys> keys = stageKeys(object);
    job = job(object);
    return job.isEmpty() ? Optional.empty() : spec(job.get(), keys, ownKeys(object));
  }

  /** Adds the problems of the settings. */
  void check(SettingsCheck check) {
    check
        .problems(settings)
        .forEach(problem -> problems.add(place, Mark.key(label("")), label("") + ": " + problem));
  }

  private Optional<StageKeys> stageKeys(ConfigObject object) {
    List<String> jobs = object.keySet().stream().filter(k -> !isCommon(k)).toList();
    return new Binder(this, problems, location -> location)
        .bind(StageKeys.class, object, withSpark(jobs), value);
  }

  private static List<String> withSpark(List<String> keys) {
    List<String> all = new ArrayList<>(keys);
    all.add(StageKeys.SPARK);
    return all;
  }

  private static boolean isCommon(String key) {
    return StageKeys.names().contains(key);
  }

  private static ConfigObject ownKeys(ConfigObject object) {
    ConfigObject own = object;
    for (String key : StageKeys.names()) {
      own = own.withoutKey(key);
    }
    return own;
  }

  private Optional<Job<?>> job(ConfigObject object) {
    ConfigValue given = object.get("job");
    Optional<String> wanted =
        given == null || Syntax.isUnresolved(given) ? Optional.empty() : ScalarText.of(given);
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    Optional<Job<?>> job = jobs.named(wanted.get());
    if (job.isEmpty()) {
      problems.add(
          Place.of(given),
          Mark.word(label("job"), wanted.get()),
          label("job")
              + ": there is no job '"
              + wanted.get()
              + "'"
              + Nearest.hintAndList(wanted.get(), jobs.names(), "the jobs are"));
    }
    return job;
  }

  private <P extends Record> Optional<StageSpec> spec(
      Job<P> job, Optional<StageKeys> keys, ConfigObject source) {
    Kebab.keys(job.parameters()).stream()
        .filter(StageReader::isCommon)
        .findAny()
        .ifPresent(
            key -> {
              throw new IllegalStateException(job.name() + " has the key of every stage: " + key);
            });
    Binder binder = new Binder(this, problems, Locations::present);
    Optional<P> bound = binder.bind(job.parameters(), source, StageKeys.names(), value);
    locations = binder.locations();
    places = binder.places();
    kinds = binder.kinds();
    bound.ifPresent(parameters -> check(job, parameters));
    return bound.flatMap(
        parameters ->
            keys.map(
                common ->
                    new StageSpec(
                        name,
                        job,
                        parameters,
                        source,
                        Collections.unmodifiableMap(locations),
                        common.verify() == StageKeys.Verify.CONTENT,
                        common.cache().policy(),
                        common.retries(),
                        common.retryDelay(),
                        Collections.unmodifiableMap(settings),
                        common.expect(),
                        place.toString(),
                        List.copyOf(binder.notices()))));
  }

  private <P extends Record> void check(Job<P> job, P parameters) {
    for (Problem problem : job.check(parameters)) {
      String label = label(problem.where());
      problems.add(nearest(problem.where()), Mark.key(label), label + ": " + problem.message());
    }
  }

  /** The key's own place, or else that of the nearest key around it. */
  private Place nearest(String path) {
    String around = path;
    while (!around.isEmpty() && !places.containsKey(around)) {
      around =
          around.substring(
              0, Math.max(0, Math.max(around.lastIndexOf('.'), around.lastIndexOf('['))));
    }
    return placeOf(around);
  }

  /** In the order of the file. */
  @Override
  public int compareTo(StageReader other) {
    int byPlace = place.compareTo(other.place);
    return byPlace != 0 ? byPlace : name.compareTo(other.name);
  }
}
