package io.millrace.pipeline.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The available jobs, by name. */
public final class JobCatalogue {
  private final Map<String, Job<?>> jobs = new TreeMap<>();
  private final Map<String, Job<?>> bySpelling = new TreeMap<>();

  private JobCatalogue() {}

  /**
   * Every job that a service file on the class path names.
   *
   * @throws io.millrace.pipeline.ConfigurationException if a named class does not exist or is not a
   *     job
   */
  public static JobCatalogue installed() {
    return installed(Job.class.getClassLoader());
  }

  static JobCatalogue installed(ClassLoader loader) {
    JobCatalogue catalogue = new JobCatalogue();
    for (Job<?> job : ListedServices.of(Job.class, "jobs", loader)) {
      catalogue.add(job);
    }
    return catalogue;
  }

  /** Just these jobs. */
  public static JobCatalogue of(Job<?>... jobs) {
    JobCatalogue catalogue = new JobCatalogue();
    for (Job<?> job : jobs) {
      catalogue.add(job);
    }
    return catalogue;
  }

  private void add(Job<?> job) {
    jobs.put(job.name(), job);
    bySpelling.put(job.name(), job);
    job.also().forEach(spelling -> bySpelling.putIfAbsent(spelling, job));
  }

  /** The job with that name, in any spelling, if there is one. */
  public Optional<Job<?>> named(String name) {
    return Optional.ofNullable(bySpelling.get(name));
  }

  /** All names, sorted. */
  public List<String> names() {
    return List.copyOf(jobs.keySet());
  }

  /** All jobs, sorted by name. */
  public List<Job<?>> all() {
    return List.copyOf(jobs.values());
  }
}
