package io.millrace.jobs.fetch;

import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys of a fetch stage.
 *
 * @param from not part of the fingerprint: a mirror has the same files, which checksums prove
 */
public record FetchParameters(
    @Key("the dataset's name, such as cifar10, fashion-mnist or lsun:bedroom_train") String dataset,
    @Key(
            value =
                "the address of a mirror's folder, http or https, used instead of the public one",
            affectsResult = false)
        Optional<String> from) {
  static final String DATASET = "dataset";
  static final String FROM = "from";

  /** What is wrong with the values, by key. */
  public List<Problem> problems(Datasets datasets) {
    List<Problem> problems = new ArrayList<>();
    datasets.refusal(dataset).ifPresent(why -> problems.add(new Problem(DATASET, why)));
    from.flatMap(Mirror::refusal).ifPresent(why -> problems.add(new Problem(FROM, why)));
    return problems;
  }
}
