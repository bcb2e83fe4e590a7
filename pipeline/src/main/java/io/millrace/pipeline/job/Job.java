package io.millrace.pipeline.job;

import io.millrace.pipeline.Problem;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.Fact;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One kind of work that a stage can do, found by {@link java.util.ServiceLoader}. A job is
 * stateless: everything it needs is in the request, and everything it makes are files in the
 * request's staging folder.
 *
 * @param <P> the record of checked parameters; its components carry {@link
 *     io.millrace.pipeline.job.Key}
 */
public interface Job<P extends Record> {
  /** The name used in pipeline files and on the command line, e.g. {@code ingest}. */
  String name();

  /** Other spellings of the name that are read too. */
  default List<String> also() {
    return List.of();
  }

  /**
   * The job's version. It is raised whenever the same parameters and inputs would give another
   * result, also because of another default.
   */
  int version();

  /** One sentence for {@code --help}. */
  String summary();

  /**
   * The kind of its artifact: {@code a dataset}, {@code statistics}. A reference to an artifact of
   * another kind than the key's {@link Key#of()} is refused.
   */
  default String makes() {
    return "files";
  }

  /** Example command lines for {@code --help}. */
  List<String> examples();

  /** The record that this job's parameters bind to. */
  Class<P> parameters();

  /**
   * Checks keys that depend on each other before anything runs, such as the sizes in an
   * augmentation chain.
   *
   * @return all problems; {@link Problem#where()} is the key's path within the stage ({@code
   *     "augment"}), which the caller turns into file and line
   */
  default List<Problem> check(P parameters) {
    return List.of();
  }

  /**
   * An estimate of the bytes that the result takes on disk; empty if it is not known before an
   * earlier stage has run. Must be fast: no data is read.
   */
  default OptionalLong spaceNeeded(P parameters) {
    return OptionalLong.empty();
  }

  /**
   * Does the work.
   *
   * @return the digest of the result and its figures
   * @throws io.millrace.pipeline.CannotException for what a user can fix
   * @throws Exception for anything else; the runner may try again
   */
  JobResult run(JobRequest<P> request, JobContext context) throws Exception;

  /**
   * What a report shows about a stage with this job: its result if there is one, else the events so
   * far. Takes a second or two at most and never starts Spark, since the page is written again
   * every few seconds.
   *
   * @throws Exception when the result can't be read; the report says so and shows the rest
   */
  default Card card(CardRequest request) throws Exception {
    return Card.EMPTY;
  }

  /**
   * The JSON file in its artifact that says what is in it, such as {@code stats.json}: {@code show
   * --json} prints its keys behind those of the manifest. Empty if there is none.
   */
  default Optional<String> contentsFile() {
    return Optional.empty();
  }

  /**
   * What {@code show} says of an artifact of this job, from top to bottom. Where it says nothing,
   * or the file that {@link #contentsFile} names is not there, {@code show} tells the parameters
   * and the files. It never starts Spark.
   *
   * @throws IOException when the result can't be read
   */
  default List<Fact> facts(FactsRequest request) throws IOException {
    return List.of();
  }

  /**
   * The command by which a person uses an artifact of this job, word by word and without the
   * program's name; a run ends with it. Empty if there is none but {@code show}.
   *
   * @param artifact the artifact's folder, as it can be typed
   */
  default List<String> nextCommand(String artifact) {
    return List.of();
  }
}
