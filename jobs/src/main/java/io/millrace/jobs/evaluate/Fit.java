package io.millrace.jobs.evaluate;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.model.Origin;
import io.millrace.jobs.sampling.View;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.stats.Statistics;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks that a model fits the data to evaluate on, before Spark does any work. */
final class Fit {
  private static final String EVALUATE = "evaluate the model";
  private static final String VALIDATION = "evaluate the model on its validation view";
  private static final int NAMED = 3;

  private Fit() {}

  /**
   * @throws CannotException if the split is empty; the message names those that are not
   */
  static void checkSplit(Dataset dataset, Split split) {
    if (dataset.images(split) > 0) {
      return;
    }
    List<String> others = new ArrayList<>();
    for (Split other : Split.values()) {
      if (dataset.images(other) > 0) {
        others.add(other.text());
      }
    }
    throw new CannotException(
        EVALUATE,
        "dataset %s has no pictures in its split %s; %s"
            .formatted(
                JobFiles.shown(dataset.root()),
                split.text(),
                others.isEmpty()
                    ? "it is empty"
                    : "set portion to held-out, for the pictures that the model's own training kept"
                        + " for validation, or to one of these splits: "
                        + String.join(", ", others)));
  }

  /**
   * The split of the model's validation view.
   *
   * @throws CannotException if the model has no such view, or another dataset's
   */
  static Split validationSplit(Model model, Dataset dataset) {
    Origin origin = model.origin();
    Optional<Split> split =
        Arrays.stream(Split.values()).filter(it -> it.text().equals(origin.split())).findFirst();
    if (split.isEmpty()) {
      throw new CannotException(
          VALIDATION,
          "its model.json does not say which pictures were held out for validation; train it"
              + " again with this version of Millrace");
    }
    if (origin.validation() <= 0) {
      throw new CannotException(
          VALIDATION,
          "it was trained without validation; train it with validation = 20%, or evaluate on a"
              + " split");
    }
    if (!origin.dataset().equals(dataset.digest())) {
      throw new CannotException(
          VALIDATION,
          "it was not trained on dataset %s; give the dataset that it was trained on, or evaluate on a split"
              .formatted(JobFiles.shown(dataset.root())));
    }
    return split.get();
  }

  /**
   * @throws CannotException if there is no picture in the view
   */
  static void checkValidation(View view, Origin origin) {
    if (view.size() == 0) {
      throw new CannotException(
          VALIDATION,
          "split %s has so few pictures that none is in the %s that its training held out; train it"
                  .formatted(origin.split(), Amounts.percent(origin.validation(), 0))
              + " with a larger validation or another seed");
    }
  }

  /**
   * The dataset's classes among the model's: the same in the same order, or some of them.
   *
   * @throws CannotException if that is not so; the message says which differ
   */
  static ClassMatch classes(Model model, Dataset dataset) {
    List<String> trained = model.classNames();
    List<String> there = dataset.classNames();
    if (trained.equals(there)) {
      return ClassMatch.same(there.size());
    }
    Optional<ClassMatch> match =
        ClassMatch.byName(model, dataset)
            .filter(it -> there.size() < trained.size() || it.isSame());
    if (match.isPresent()) {
      return match.get();
    }
    String why;
    Set<String> onlyModel = new HashSet<>(trained);
    there.forEach(onlyModel::remove);
    Set<String> onlyData = new HashSet<>(there);
    trained.forEach(onlyData::remove);
    if (onlyModel.isEmpty() && onlyData.isEmpty()) {
      why = "they have the same names in another order (" + firstDifferences(trained, there) + ")";
    } else {
      why = firstDifferences(trained, there);
    }
    throw new CannotException(
        EVALUATE,
        "its %d classes are not the %d of dataset %s: %s; take a model trained on this dataset, or a dataset with the model's classes"
            .formatted(trained.size(), there.size(), JobFiles.shown(dataset.root()), why));
  }

  /**
   * @throws CannotException if the statistics are not those that the model was trained with
   */
  static void checkStatistics(Model model, Statistics statistics, String from) {
    if (model.mean().equals(statistics.mean()) && model.std().equals(statistics.std())) {
      return;
    }
    throw new CannotException(
        EVALUATE,
        "statistics %s (mean %s, std %s) are not those it was trained with (mean %s, std %s); remove the key stats to take the model's own"
            .formatted(from, statistics.mean(), statistics.std(), model.mean(), model.std()));
  }

  private static String firstDifferences(List<String> trained, List<String> there) {
    List<String> differences = new ArrayList<>();
    int more = 0;
    for (int i = 0; i < Math.max(trained.size(), there.size()); i++) {
      String inModel = i < trained.size() ? "'" + trained.get(i) + "'" : "absent";
      String inData = i < there.size() ? "'" + there.get(i) + "'" : "absent";
      if (inModel.equals(inData)) {
        continue;
      }
      if (differences.size() < NAMED) {
        differences.add(
            "class %d is %s in the model, %s in the data".formatted(i, inModel, inData));
      } else {
        more++;
      }
    }
    return String.join(", ", differences) + (more > 0 ? ", and " + more + " more differ" : "");
  }
}
