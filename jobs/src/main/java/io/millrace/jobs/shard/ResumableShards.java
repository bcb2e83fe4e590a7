package io.millrace.jobs.shard;

import com.fasterxml.jackson.core.JacksonException;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.Json;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Shards that tasks write into a folder that survives a killed attempt, each with a record of how
 * it was made: complete ones are not made again.
 *
 * @param into the folder: a dataset, or one that holds several
 * @param datasets the datasets in it, or itself
 * @param what the noun for the work, for messages and progress
 * @param type of the records
 */
public record ResumableShards<P, R extends Record>(
    URI into, List<URI> datasets, String what, Class<R> type, Kind<P, R> kind) {
  /** Records of finished shards, beside them. */
  private static final String RECORDS = "_finished";

  private static final String SPLIT = "split=";

  /** How plans and records describe shards. */
  public interface Kind<P, R> {
    /** A unique name of a plan. */
    String name(P plan);

    /** How many pictures a plan takes. */
    long planned(P plan);

    /** How many source pictures a finished one has used. */
    long made(R made);

    /** Whether all files that were made by a plan are still there. */
    boolean isWhole(P plan, R made) throws IOException;

    /** All files of what was made by a plan, within a dataset. */
    Set<String> files(P plan, R made);

    /** Further files that must not be removed. */
    default Set<String> others() {
      return Set.of();
    }
  }

  /** Makes what is not finished, in any order. */
  @FunctionalInterface
  public interface Maker<P, R> {
    /**
     * @param done is called with each record as soon as it is made
     * @return all, in the order of the plans
     */
    List<R> make(List<P> plans, Consumer<R> done) throws IOException;
  }

  /** Writes the record of what a task has made, after all its files. */
  public static void keep(URI into, String name, Record made) throws IOException {
    try (OutputStream out = JobFiles.in(into).create(path(name))) {
      out.write(Json.bytes(made));
    }
  }

  /**
   * Makes the shards that an earlier attempt has not finished, and removes its incomplete files.
   *
   * @return the records of all shards, in the order of the plans
   * @throws CancellationException if it is interrupted, saying how much is kept
   */
  public List<R> make(List<P> plans, JobContext context, Maker<P, R> maker) throws IOException {
    Map<P, R> made = finished(plans);
    removeOthers(made);
    if (!made.isEmpty()) {
      context.notice(
          "%s of %s were finished by an interrupted %s and are kept."
              .formatted(Amounts.count(made.size()), Amounts.count(plans.size(), "shard"), what));
    }
    List<P> rest = plans.stream().filter(plan -> !made.containsKey(plan)).toList();
    if (!rest.isEmpty()) {
      List<R> results = make(rest, plans, made, context, maker);
      for (int i = 0; i < results.size(); i++) {
        made.put(rest.get(i), results.get(i));
      }
    }
    return plans.stream().map(made::get).toList();
  }

  private List<R> make(
      List<P> rest, List<P> plans, Map<P, R> finished, JobContext context, Maker<P, R> maker)
      throws IOException {
    AtomicInteger done = new AtomicInteger(finished.size());
    long pictures = plans.stream().mapToLong(kind::planned).sum();
    try (JobContext.Progress progress = context.progress(what, pictures, "images")) {
      finished.values().forEach(shards -> progress.already(kind.made(shards)));
      return maker.make(
          rest,
          shards -> {
            progress.advance(kind.made(shards));
            done.incrementAndGet();
          });
    } catch (CancellationException e) {
      throw new CancellationException(
          "%s of %s are finished and kept"
              .formatted(Amounts.count(done.get()), Amounts.count(plans.size(), "shard")));
    }
  }

  /** Moves all files into an artifact when no task runs any more, and deletes the records. */
  public void moveTo(JobFiles artifact) throws IOException {
    for (URI dataset : datasets) {
      ShardWriter.removeDrafts(dataset);
    }
    JobFiles files = JobFiles.in(into);
    files.delete(RECORDS);
    for (String name : files.names()) {
      files.move(name, artifact);
    }
  }

  private Map<P, R> finished(List<P> plans) throws IOException {
    JobFiles files = JobFiles.in(into);
    Map<P, R> finished = new LinkedHashMap<>();
    for (P plan : plans) {
      Optional<byte[]> kept = files.read(path(kind.name(plan)));
      if (kept.isPresent()) {
        whole(plan, kept.get()).ifPresent(made -> finished.put(plan, made));
      }
    }
    return finished;
  }

  private Optional<R> whole(P plan, byte[] json) throws IOException {
    R made;
    try {
      made = Json.read(json, type);
    } catch (JacksonException cutShort) {
      return Optional.empty();
    }
    return kind.isWhole(plan, made) ? Optional.of(made) : Optional.empty();
  }

  /**
   * Removes shards without a record, which may be incomplete and which a writer would not replace,
   * and shards of plans that no longer exist.
   */
  private void removeOthers(Map<P, R> finished) throws IOException {
    Set<String> kept = new HashSet<>(kind.others());
    finished.forEach((plan, made) -> kept.addAll(kind.files(plan, made)));
    for (URI dataset : datasets) {
      JobFiles files = JobFiles.in(dataset);
      for (String folder : files.names()) {
        if (folder.equals(QuarantineWriter.FOLDER) || folder.startsWith(SPLIT)) {
          for (String name : JobFiles.in(files.path(folder).toUri()).names()) {
            if (!kept.contains(folder + "/" + name)) {
              files.delete(folder + "/" + name);
            }
          }
        }
      }
    }
  }

  private static String path(String name) {
    return RECORDS + "/" + name + ".json";
  }
}
