package io.millrace.jobs.evaluate;

import io.millrace.jobs.model.Model;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.tensor.IntTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.Tensor;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The classes of a dataset among those of a model.
 *
 * @param labels the model's number of each class of the dataset; not copied
 */
record ClassMatch(int[] labels) implements Serializable {
  private static final Pattern SYNSET = Pattern.compile("(n\\d{8})(\\s.*)?");
  private static final int SEVERAL = -1;

  /** For a dataset whose classes are the model's, in the same order. */
  static ClassMatch same(int classes) {
    return new ClassMatch(IntStream.range(0, classes).toArray());
  }

  /**
   * Finds each class of the dataset in the model by its name, or by WordNet's.
   *
   * @return empty if a class is not found, or two are the same
   */
  static Optional<ClassMatch> byName(Model model, Dataset dataset) {
    Map<String, Integer> numbers = new HashMap<>();
    List<String> names = model.classNames();
    for (int i = 0; i < names.size(); i++) {
      numbers.merge(names.get(i), i, (a, b) -> SEVERAL);
      Matcher synset = SYNSET.matcher(names.get(i));
      if (synset.matches() && !synset.group(1).equals(names.get(i))) {
        // As a line of LOC_synset_mapping.txt: the synset, then words.
        numbers.merge(synset.group(1), i, (a, b) -> SEVERAL);
      }
    }
    int[] labels = new int[dataset.classNames().size()];
    for (int i = 0; i < labels.length; i++) {
      int byName = numbers.getOrDefault(dataset.classNames().get(i), SEVERAL);
      boolean has = i < dataset.synsets().size();
      labels[i] = byName < 0 && has ? numbers.getOrDefault(dataset.synsets().get(i), -1) : byName;
    }
    boolean found = Arrays.stream(labels).distinct().filter(it -> it >= 0).count() == labels.length;
    return found ? Optional.of(new ClassMatch(labels)) : Optional.empty();
  }

  /** Whether the numbers are the same on both sides. */
  boolean isSame() {
    return IntStream.range(0, labels.length).allMatch(i -> labels[i] == i);
  }

  /**
   * A minibatch with the model's labels. One that is no class of the dataset becomes one that is
   * none of the model's.
   */
  Minibatch of(Minibatch batch) {
    if (isSame()) {
      return batch;
    }
    IntTensor given = batch.ints(Minibatch.LABELS);
    int[] changed =
        IntStream.range(0, batch.size())
            .map(given::at)
            .map(
                label ->
                    label < 0 ? label : label >= labels.length ? Integer.MAX_VALUE : labels[label])
            .toArray();
    Map<String, Tensor> tensors = new LinkedHashMap<>(batch.tensors());
    tensors.put(Minibatch.LABELS, IntTensor.vector(changed));
    return new Minibatch(batch.ids(), tensors);
  }
}
