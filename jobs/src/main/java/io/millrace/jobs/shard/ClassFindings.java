package io.millrace.jobs.shard;

import io.millrace.pipeline.text.Amounts;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What a person should know of the classes and labels of a dataset before training on it. */
public final class ClassFindings {
  private static final int SHOWN = 5;

  private final Dataset dataset;
  private final List<Split> splits;

  private ClassFindings(Dataset dataset) {
    this.dataset = dataset;
    this.splits = Arrays.stream(Split.values()).filter(split -> dataset.images(split) > 0).toList();
  }

  /** The findings in sentences; none if all is as expected. */
  public static List<String> of(Dataset dataset) {
    ClassFindings findings = new ClassFindings(dataset);
    List<String> sentences = new ArrayList<>();
    findings.unlabelled(sentences);
    if (!dataset.classNames().isEmpty()) {
      findings.withoutImages(sentences);
      findings.apart(sentences);
      findings.spelledAlike(sentences);
    }
    return sentences;
  }

  /**
   * Reported if only some have no label: if none has one, the pictures are meant to be unlabelled.
   */
  private void unlabelled(List<String> sentences) {
    for (Split split : splits) {
      long without = dataset.unlabelled(split);
      if (without > 0 && without < dataset.images(split)) {
        sentences.add(
            "%s of %s images of %s have no label: a training on them is refused; unlabelled = leave-out leaves them out at ingest."
                .formatted(
                    Amounts.count(without), Amounts.count(dataset.images(split)), split.text()));
      }
    }
  }

  private void withoutImages(List<String> sentences) {
    List<Integer> all = IntStream.range(0, dataset.classNames().size()).boxed().toList();
    List<Integer> nowhere =
        all.stream().filter(c -> splits.stream().allMatch(s -> dataset.images(s, c) == 0)).toList();
    if (!nowhere.isEmpty()) {
      sentences.add(having(nowhere) + " no image in any split.");
    }
    if (!splits.contains(Split.TRAIN)
        || all.stream().allMatch(c -> dataset.images(Split.TRAIN, c) == 0)) {
      return;
    }
    for (Split split : splits) {
      List<Integer> untrained =
          all.stream()
              .filter(c -> dataset.images(split, c) > 0 && dataset.images(Split.TRAIN, c) == 0)
              .toList();
      if (!untrained.isEmpty() && !shareNothing(Split.TRAIN, split)) {
        sentences.add(having(untrained) + " images in " + split.text() + " and none in train.");
      }
    }
  }

  private void apart(List<String> sentences) {
    for (int i = 0; i < splits.size(); i++) {
      for (int j = i + 1; j < splits.size(); j++) {
        if (shareNothing(splits.get(i), splits.get(j))) {
          sentences.add(
              "%s and %s have no class in common: a model that was trained on one can't be right on the other."
                  .formatted(splits.get(i).text(), splits.get(j).text()));
        }
      }
    }
  }

  private boolean shareNothing(Split one, Split other) {
    boolean anyOfOne = false;
    boolean anyOfOther = false;
    for (int c = 0; c < dataset.classNames().size(); c++) {
      boolean inOne = dataset.images(one, c) > 0;
      boolean inOther = dataset.images(other, c) > 0;
      if (inOne && inOther) {
        return false;
      }
      anyOfOne |= inOne;
      anyOfOther |= inOther;
    }
    return anyOfOne && anyOfOther;
  }

  private void spelledAlike(List<String> sentences) {
    Map<String, List<String>> alike = new TreeMap<>();
    for (String name : dataset.classNames()) {
      String plain = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
      List<String> names = alike.computeIfAbsent(plain.strip(), it -> new ArrayList<>());
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    alike.values().stream()
        .filter(names -> names.size() > 1)
        .limit(SHOWN)
        .forEach(
            names ->
                sentences.add(
                    "The classes %s differ only by case or by the form of their characters; they stay different classes."
                        .formatted(String.join(" and ", names))));
  }

  private String having(List<Integer> classes) {
    List<String> names =
        classes.stream().limit(SHOWN).map(c -> dataset.classNames().get(c)).toList();
    String more = classes.size() > SHOWN ? ", ..." : "";
    return classes.size() == 1
        ? "The class " + names.get(0) + " has"
        : Amounts.count(classes.size()) + " classes (" + String.join(", ", names) + more + ") have";
  }
}
