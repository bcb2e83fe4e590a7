package io.millrace.pipeline.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The jobs that there are, by name. */
public final class JobCatalogue {
  private final Map<String, Job<?>> jobs = new TreeMap<>();

  private JobCatalogue() {}

  /** Every job that a service file on the class path names. */
  public static JobCatalogue installed() {
    JobCatalogue catalogue = new JobCatalogue();
    for (Job<?> job : ServiceLoader.load(Job.class, Job.class.getClassLoader())) {
      catalogue.jobs.put(job.name(), job);
    }
    return catalogue;
  }

  /** Just these jobs. */
  public static JobCatalogue of(Job<?>... jobs) {
    JobCatalogue catalogue = new JobCatalogue();
    for (Job<?> job : jobs) {
      catalogue.jobs.put(job.name(), job);
    }
    return catalogue;
  }

  /** The job of that name, if there is one. */
  public Optional<Job<?>> named(String name) {
    return Optional.ofNullable(jobs.get(name));
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
