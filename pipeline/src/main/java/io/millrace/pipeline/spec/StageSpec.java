package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import io.millrace.pipeline.job.Expectation;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.Location;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One stage of a pipeline, checked.
 *
 * @param name unique in the pipeline
 * @param job what it does
 * @param parameters the job's record, every {@link Location} as written (references unresolved)
 * @param source the job's keys as written, for rebinding with the references resolved
 * @param locations every location in the parameters, at any depth, by its key path, sorted;
 *     elements of a list as {@code models[0]}
 * @param verifyContent whether the fingerprint reads the source's bytes ({@code verify = content})
 *     instead of its listing
 * @param cache when its artifact may be used again
 * @param retries how often a failed attempt is repeated, 0 or more
 * @param retryDelay the delay before the first repetition; it doubles each time
 * @param settings keys that can't change the result ({@code spark.*}), flat
 * @param expect what the figures of its result must be
 * @param where {@code file:line}
 * @param notices a sentence for each old name that was read
 */
public record StageSpec(
    String name,
    Job<?> job,
    Record parameters,
    ConfigObject source,
    Map<String, Location> locations,
    boolean verifyContent,
    CachePolicy cache,
    int retries,
    Duration retryDelay,
    Map<String, String> settings,
    List<Expectation> expect,
    String where,
    List<String> notices) {

  /** The stages that this one reads from, sorted, without repetition. */
  public List<String> upstream() {
    return locations.values().stream()
        .filter(Location::isReference)
        .map(Location::stage)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * The parameters with {@code "@stage"} and {@code "@stage/part"} replaced by that artifact's
   * place. A local artifact is given as its absolute path, any other as its URI without percent
   * escapes, the way Hadoop's paths are written.
   *
   * @param artifacts the folder of every upstream stage's artifact, by stage
   * @return the job's record, ready to run
   */
  public Record resolved(Map<String, URI> artifacts) {
    return bound(name, job, source, artifacts);
  }

  private static Record bound(
      String name, Job<?> job, ConfigObject source, Map<String, URI> artifacts) {
    Problems problems = new Problems();
    Origins origins = new NamedOrigins(name);
    Binder binder =
        new Binder(origins, problems, written -> Locations.resolved(written, artifacts));
    Optional<? extends Record> bound = binder.bind(job.parameters(), source, List.of(), source);
    problems.throwIfAny();
    return bound.orElseThrow();
  }

  /** The job's keys as written, as HOCON text. */
  public String keys() {
    return source.render(ConfigRenderOptions.concise());
  }

  /**
   * The parameters of a stage that another process has read and checked, bound here.
   *
   * @param name the stage's
   * @param keys what {@link #keys} gave there
   * @param artifacts see {@link #resolved}
   */
  public static Record parameters(
      String name, Job<?> job, String keys, Map<String, URI> artifacts) {
    return bound(name, job, ConfigFactory.parseString(keys).root(), artifacts);
  }
}
