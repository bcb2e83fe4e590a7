package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.Location;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the parameters of a job that runs alone, from the command line. */
public final class FlagReader {
  private static final String SPARK = StageKeys.SPARK + ".";

  private FlagReader() {}

  /**
   * The flags of a job, in the order of its record: every key with its full name, and with a short
   * one if it has one ({@link io.millrace.pipeline.job.Key#flag}).
   */
  public static List<Flag> flags(Job<?> job) {
    return FlagList.of(job.parameters()).flags();
  }

  /**
   * Binds flags to a stage with its job's name.
   *
   * @param values the given texts, by {@link Flag#path()} or any name of a flag without its dashes;
   *     keys that begin with {@code spark.} go to the settings
   * @throws ConfigurationException with every problem; its place is the flag
   */
  public static StageSpec read(Job<?> job, Map<String, String> values) {
    return bind(job, values);
  }

  private static <P extends Record> StageSpec bind(Job<P> job, Map<String, String> values) {
    Problems problems = new Problems();
    Map<String, String> settings = new TreeMap<>();
    Map<String, String> keys = withoutSettings(values, settings);
    FlagValues.Laid laid = FlagValues.of(FlagList.of(job.parameters()), keys, problems);
    ConfigObject source = laid.keys();
    Origins origins = new FlagOrigins(laid.paths());
    Binder binder = new Binder(origins, problems, FlagReader::located);
    Optional<P> bound = binder.bind(job.parameters(), source, List.of(), source);
    bound.ifPresent(
        parameters -> {
          for (Problem problem : job.check(parameters)) {
            problems.add(origins.place(problem.where(), source), problem.message());
          }
        });
    problems.throwIfAny();
    return new StageSpec(
        job.name(),
        job,
        bound.orElseThrow(),
        source,
        Collections.unmodifiableMap(binder.locations()),
        false,
        CachePolicy.ALWAYS,
        0,
        Duration.ZERO,
        Collections.unmodifiableMap(settings),
        List.of(),
        "",
        List.copyOf(notices(job, keys, binder)));
  }

  /** Old names among the flags, and within their values. */
  private static List<String> notices(Job<?> job, Map<String, String> keys, Binder binder) {
    List<String> notices = new ArrayList<>();
    for (Flag flag : flags(job)) {
      keys.keySet().stream()
          .filter(name -> flag.old().contains(Flag.DASHES + name))
          .map(name -> "--%s is an old name; write %s".formatted(name, flag.names().get(0)))
          .forEach(notices::add);
    }
    notices.addAll(binder.notices());
    return notices;
  }

  /** The values without the settings, which are put into {@code settings}. */
  private static Map<String, String> withoutSettings(
      Map<String, String> values, Map<String, String> settings) {
    Map<String, String> keys = new TreeMap<>(values);
    keys.keySet().removeIf(key -> key.startsWith(SPARK));
    settings.putAll(values);
    settings.keySet().removeAll(keys.keySet());
    return keys;
  }

  private static Location located(Location written) {
    if (written.isReference()) {
      throw new IllegalArgumentException(
          "'"
              + written
              + "' names a stage, but a single job has no stages: give the artifact's path");
    }
    return Locations.present(written);
  }

  /**
   * @param paths of the keys, by the flags that gave them
   */
  private record FlagOrigins(Map<String, String> paths) implements Origins {
    /** The flag that gave the value; for a missing one, the flag that would give it. */
    @Override
    public Place place(String path, ConfigValue nearest) {
      String given = nearest.origin().description();
      if (!(nearest instanceof ConfigObject) && given.startsWith("--")) {
        return Place.of(nearest.origin());
      }
      int element = path.indexOf('[');
      return new Place("--" + (element < 0 ? path : path.substring(0, element)), 0);
    }

    /** The rest of the path that the flag does not have: a key inside its list or object. */
    @Override
    public String label(String path, ConfigValue nearest) {
      String flag = place(path, nearest).source();
      String given = paths.getOrDefault(flag, flag.substring(Flag.DASHES.length()));
      return path.startsWith(given)
          ? path.substring(given.length()).replaceFirst("^\\.", "")
          : path;
    }
  }
}
