package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.Location;
import java.time.Duration;
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
   * The flags of a job, in the order of its record: every key in full, and by its last name where
   * that is unique in the job.
   */
  public static List<Flag> flags(Job<?> job) {
    return FlagList.of(job.parameters()).flags();
  }

  /**
   * Binds flags to a stage that is named like its job.
   *
   * @param values the texts given, by {@link Flag#path()}; keys that begin with {@code spark.} go
   *     to the settings
   * @throws ConfigurationException with every problem; its place is the flag
   */
  public static StageSpec read(Job<?> job, Map<String, String> values) {
    return bind(job, values);
  }

  private static <P extends Record> StageSpec bind(Job<P> job, Map<String, String> values) {
    Findings findings = new Findings();
    Map<String, String> settings = new TreeMap<>();
    ConfigObject source = source(FlagList.of(job.parameters()), values, settings, findings);
    Origins origins = new FlagOrigins();
    Binder binder = new Binder(origins, findings, FlagReader::located);
    Optional<P> bound = binder.bind(job.parameters(), source, List.of(), source);
    bound.ifPresent(
        parameters -> {
          for (Problem problem : job.check(parameters)) {
            findings.add(origins.place(problem.where(), source), problem.message());
          }
        });
    findings.throwIfAny();
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
        "");
  }

  private static ConfigObject source(
      FlagList flags, Map<String, String> values, Map<String, String> settings, Findings findings) {
    ConfigObject source = ConfigFactory.empty("the command line").root();
    // Sorted, so that "architecture" is there before "architecture.channels" is laid over it.
    for (Map.Entry<String, String> given : new TreeMap<>(values).entrySet()) {
      String path = given.getKey();
      if (path.startsWith(SPARK)) {
        settings.put(path, given.getValue());
        continue;
      }
      try {
        ConfigValue value = flags.value(path, given.getValue());
        source = value.atPath(path).root().withFallback(source);
      } catch (ConfigException e) {
        findings.add(new Place("--" + path, 0), "the value is no HOCON: " + Syntax.reason(e));
      }
    }
    // So that each missing key of a group is named, not the group.
    for (String group : flags.groups()) {
      ConfigObject empty = ConfigFactory.empty().root();
      source = source.withFallback(empty.atPath(group));
    }
    return source;
  }

  private static Location located(Location written) {
    if (written.isReference()) {
      throw new IllegalArgumentException(
          "'" + written + "' names a stage, and a job alone has none: give the artifact's path");
    }
    return Locations.present(written);
  }

  private record FlagOrigins() implements Origins {
    /** A value stands in the flag that gave it; what is missing, in the flag that would. */
    @Override
    public Place place(String path, ConfigValue nearest) {
      String given = nearest.origin().description();
      if (!(nearest instanceof ConfigObject) && given.startsWith("--")) {
        return Place.of(nearest.origin());
      }
      int element = path.indexOf('[');
      return new Place("--" + (element < 0 ? path : path.substring(0, element)), 0);
    }

    /** Only what the flag doesn't say: a key inside its list or object. */
    @Override
    public String label(String path, ConfigValue nearest) {
      String flag = place(path, nearest).source();
      String full = "--" + path;
      return full.startsWith(flag) ? full.substring(flag.length()).replaceFirst("^\\.", "") : path;
    }
  }
}
