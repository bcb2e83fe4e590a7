package io.millrace.jobs.weights;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.TensorSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tensors of a file by the names that a network of ours has for them.
 *
 * @param byName the tensors, with their own names and the network's shapes
 * @param others those that have no name in the network
 * @param counters how many count minibatches, which no network of ours does
 */
record OurNames(Map<String, StoredTensor> byName, List<StoredTensor> others, int counters) {
  /** What wrappers of a network put before all names. */
  private static final List<String> WRAPPERS = List.of("module.", "_orig_mod.", "model.");

  private static final String COUNTER = "num_batches_tracked";

  /** Finds the form of the names that fits the network best. */
  static OurNames of(StoredWeights stored, Blueprint network) {
    List<StoredTensor> tensors =
        stored.tensors().stream().filter(it -> !it.name().endsWith(COUNTER)).toList();
    String wrapper = wrapper(tensors);
    Map<String, TensorSpec> wanted = new HashMap<>();
    network.tensors().forEach(spec -> wanted.put(spec.name(), spec));
    NameForm form =
        Stream.of(NameForm.values())
            .max(
                Comparator.<NameForm>comparingLong(
                        it ->
                            tensors.stream()
                                .flatMap(t -> ours(it, t, wrapper, network).stream())
                                .filter(wanted::containsKey)
                                .count())
                    .thenComparing(Comparator.reverseOrder()))
            .orElseThrow();
    Map<String, StoredTensor> byName = new HashMap<>();
    List<StoredTensor> others = new ArrayList<>();
    for (StoredTensor tensor : tensors) {
      Optional<String> name = ours(form, tensor, wrapper, network).filter(wanted::containsKey);
      if (name.isEmpty() || byName.containsKey(name.get())) {
        others.add(tensor);
      } else {
        byName.put(name.get(), tensor.shapedLike(wanted.get(name.get()).shape()));
      }
    }
    return new OurNames(
        byName, others, stored.counters() + stored.tensors().size() - tensors.size());
  }

  private static Optional<String> ours(
      NameForm form, StoredTensor tensor, String wrapper, Blueprint network) {
    return form.ours(tensor.name().substring(wrapper.length()), network);
  }

  /** The longest beginning that wrappers gave to all names. */
  private static String wrapper(List<StoredTensor> tensors) {
    String all = "";
    for (boolean more = !tensors.isEmpty(); more; ) {
      String before = all;
      Optional<String> next =
          WRAPPERS.stream()
              .map(before::concat)
              .filter(longer -> tensors.stream().allMatch(it -> it.name().startsWith(longer)))
              .findFirst();
      more = next.isPresent();
      all = next.orElse(all);
    }
    return all;
  }

  /** Names of the nodes that have a tensor in the file. */
  Set<String> nodes() {
    return byName.keySet().stream()
        .map(name -> name.substring(0, name.lastIndexOf('.')))
        .collect(Collectors.toSet());
  }
}
