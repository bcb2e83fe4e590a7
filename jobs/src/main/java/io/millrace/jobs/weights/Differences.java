package io.millrace.jobs.weights;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.files.JobFiles;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.text.Amounts;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All that a file of weights and a network do not have in common. */
final class Differences {
  private static final int SHOWN = 5;

  private final List<String> missing = new ArrayList<>();
  private final List<String> shapes = new ArrayList<>();
  private final List<String> surplus = new ArrayList<>();

  /** Our names of the tensors that the file does not have as the network wants them. */
  private final Set<String> names = new HashSet<>();

  /** Whether a tensor is there as the network wants it; if not, it is remembered. */
  boolean isNone(TensorSpec wanted, Optional<StoredTensor> found) {
    String shape = Arrays.toString(wanted.shape());
    if (found.isEmpty()) {
      missing.add(wanted.name() + " " + shape);
      names.add(wanted.name());
      return false;
    }
    if (!Arrays.equals(found.get().shape(), wanted.shape())) {
      shapes.add(found.get().described() + " should be " + shape);
      names.add(wanted.name());
      return false;
    }
    return true;
  }

  /** Remembers a tensor that the network does not have. */
  void surplus(StoredTensor tensor) {
    surplus.add(tensor.described());
  }

  /**
   * @param given nodes of the network that have a tensor in the file
   * @throws CannotException with all of them, if there are any
   */
  void check(URI file, Blueprint network, Set<String> given) {
    List<String> parts = new ArrayList<>();
    add(parts, missing, "missing");
    add(parts, shapes, "of another shape");
    add(parts, surplus, "not the network's");
    if (!parts.isEmpty()) {
      throw new CannotException(
          "use the weights in " + JobFiles.shown(file),
          "they do not fit the network: "
              + String.join("; ", parts)
              + "; "
              + advice(network, given));
    }
  }

  private static void add(List<String> parts, List<String> all, String what) {
    if (all.isEmpty()) {
      return;
    }
    int shown = Math.min(SHOWN, all.size());
    String more =
        all.size() > shown ? " and %s more".formatted(Amounts.count(all.size() - shown)) : "";
    parts.add(
        "%s %s (%s%s)"
            .formatted(
                Amounts.count(all.size(), "tensor"),
                all.size() == 1 ? "is " + what : "are " + what,
                String.join(", ", all.subList(0, shown)),
                more));
  }

  private String advice(Blueprint network, Set<String> given) {
    Set<String> head =
        Head.NEW.nodes(network, given).stream()
            .flatMap(node -> node.tensors().stream())
            .map(TensorSpec::name)
            .collect(Collectors.toSet());
    return surplus.isEmpty() && head.containsAll(names)
        ? "only its head differs: give the classes of the file, or take head = new, by which the head begins afresh"
        : "give the architecture that the file was made with";
  }
}
