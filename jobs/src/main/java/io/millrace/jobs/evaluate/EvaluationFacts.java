package io.millrace.jobs.evaluate;

import io.millrace.pipeline.card.Fact;
import io.millrace.pipeline.text.Amounts;
import io.millrace.pipeline.text.ValueText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code show} says of an evaluation, from its {@code evaluation.json}. */
final class EvaluationFacts {
  private EvaluationFacts() {}

  static List<Fact> rows(Map<String, Object> contents) {
    List<Fact> rows = new ArrayList<>();
    rows.add(
        new Fact(
            "accuracy",
            "%s: %s of %s images of split %s"
                .formatted(
                    Amounts.percent(number(contents, "accuracy")),
                    Amounts.count((long) number(contents, "right")),
                    Amounts.count((long) number(contents, "images")),
                    contents.get("split"))));
    if (contents.get("top-k") instanceof Map<?, ?> top && top.get("k") instanceof Long k && k > 1) {
      rows.add(new Fact("top " + k, Amounts.percent(number(top, "accuracy"))));
    }
    rows.add(new Fact("loss", Amounts.decimal(number(contents, "loss"), 3) + " nats"));
    if (contents.get("calibration") instanceof Map<?, ?> calibration) {
      String off = Amounts.percent(number(calibration, "expected-error"));
      rows.add(new Fact("calibration", "probabilities are off by " + off + " on average"));
    }
    if (number(contents, "unlabelled") > 0) {
      String unlabelled = Amounts.count((long) number(contents, "unlabelled"));
      rows.add(new Fact("unlabelled", unlabelled + " images, left out"));
    }
    addClasses(contents, rows);
    confusion(contents).ifPresent(most -> rows.add(new Fact("most confused", most)));
    return rows;
  }

  /** The classes that are found best and worst; those without images tell nothing. */
  private static void addClasses(Map<String, Object> contents, List<Fact> rows) {
    List<Map<?, ?>> classes = new ArrayList<>();
    if (contents.get("classes") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> one && number(one, "images") > 0) {
          classes.add(one);
        }
      }
    }
    if (classes.size() > 1) {
      Comparator<Map<?, ?>> byRecall = Comparator.comparingDouble(one -> number(one, "recall"));
      rows.add(new Fact("best class", about(classes.stream().max(byRecall).orElseThrow())));
      rows.add(new Fact("worst class", about(classes.stream().min(byRecall).orElseThrow())));
    }
  }

  private static String about(Map<?, ?> one) {
    String precision =
        one.get("precision") instanceof Number share
            ? Amounts.percent(share.doubleValue()) + " of what is called so is right"
            : "nothing is called so";
    return "%s: %s of its %s images found, %s"
        .formatted(
            ValueText.name(String.valueOf(one.get("name"))),
            Amounts.percent(number(one, "recall")),
            Amounts.count((long) number(one, "images")),
            precision);
  }

  /** The pair of classes with the most mistakes. */
  private static Optional<String> confusion(Map<String, Object> contents) {
    if (!(contents.get("confusion") instanceof Map<?, ?> confusion)
        || !(confusion.get("class-names") instanceof List<?> names)
        || !(confusion.get("counts") instanceof List<?> counts)) {
      return Optional.empty();
    }
    long most = 0;
    String pair = "";
    for (int truth = 0; truth < counts.size(); truth++) {
      List<?> row = (List<?>) counts.get(truth);
      for (int guess = 0; guess < row.size(); guess++) {
        if (truth != guess && row.get(guess) instanceof Long count && count > most) {
          most = count;
          pair =
              "%s taken for %s, %s times"
                  .formatted(
                      ValueText.name(String.valueOf(names.get(truth))),
                      ValueText.name(String.valueOf(names.get(guess))),
                      Amounts.count(count));
        }
      }
    }
    return most == 0 ? Optional.empty() : Optional.of(pair);
  }

  private static double number(Map<?, ?> from, String key) {
    return from.get(key) instanceof Number value ? value.doubleValue() : 0;
  }
}
