package io.millrace.jobs.weights;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.Node;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.State;
import io.millrace.pipeline.CannotException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A file of weights that fits a network: each tensor of the network is one of the file's, or begins
 * afresh with the head. Its values are not read yet.
 *
 * @param file where it is
 * @param format of the file, for people
 * @param network that takes the weights; it ends in features where there is no head
 * @param features the node that gives features; empty where there is a head
 * @param sources the file's names of the network's tensors, by ours; those that begin afresh lack
 * @param leftOut names of the file's tensors that the network has no use for
 * @param counters how many tensors of whole numbers were left out besides
 * @param beside what else the file holds, by its keys
 */
public record FittedWeights(
    URI file,
    String format,
    Blueprint network,
    Optional<String> features,
    Map<String, String> sources,
    List<String> leftOut,
    int counters,
    List<String> beside) {
  /**
   * Compares a file with a network.
   *
   * @param network with its head
   * @throws CannotException if the file can't be read, or does not fit: the message lists all
   *     tensors that are missing, of another shape or not the network's
   */
  public static FittedWeights of(URI file, Blueprint network, Head head) {
    try (WeightsFile opened = WeightsFile.open(file)) {
      StoredWeights stored = opened.stored();
      OurNames names = OurNames.of(stored, network);
      Set<String> headNodes =
          head.nodes(network, names.nodes()).stream().map(Node::name).collect(Collectors.toSet());
      Map<String, String> sources = new LinkedHashMap<>();
      List<String> leftOut = new ArrayList<>();
      Differences differences = new Differences();
      for (Node node : network.nodes()) {
        boolean ofHead = headNodes.contains(node.name());
        for (TensorSpec wanted : node.tensors()) {
          Optional<StoredTensor> found = Optional.ofNullable(names.byName().get(wanted.name()));
          if (ofHead) {
            found.ifPresent(it -> leftOut.add(it.name()));
          } else if (differences.isNone(wanted, found)) {
            sources.put(wanted.name(), found.orElseThrow().name());
          }
        }
      }
      names.others().forEach(differences::surplus);
      differences.check(file, network, names.nodes());
      Optional<String> features =
          head == Head.NONE ? Optional.of(features(network, headNodes)) : Optional.empty();
      return new FittedWeights(
          file,
          stored.format(),
          features.map(network::upTo).orElse(network),
          features,
          sources,
          List.copyOf(leftOut),
          names.counters(),
          stored.beside());
    } catch (IllegalArgumentException e) {
      throw new CannotException(
          "use the weights in " + JobFiles.shown(file), e.getMessage() + "; take head = keep", e);
    }
  }

  private static String features(Blueprint network, Set<String> head) {
    Node first =
        network.nodes().stream().filter(it -> head.contains(it.name())).findFirst().orElseThrow();
    return first.inputs().get(0);
  }

  /** SHA-256 of the file, hex. */
  public String sha256() {
    try (WeightsFile opened = WeightsFile.open(file)) {
      return opened.sha256();
    }
  }

  /** What was taken of which file, and what was not, for a model's provenance. */
  public Map<String, Object> provenance() {
    Map<String, String> renamed = new TreeMap<>(sources);
    renamed.entrySet().removeIf(each -> each.getKey().equals(each.getValue()));
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("file", JobFiles.shown(file));
    provenance.put("sha256", sha256());
    provenance.put("format", format);
    provenance.put("tensors", sources.size());
    provenance.put("renamed", renamed);
    provenance.put("afresh", fresh());
    provenance.put("left-out", leftOut);
    provenance.put("counters-left-out", counters);
    provenance.put("beside", beside);
    return provenance;
  }

  /** Names of the network's tensors that begin afresh. */
  public List<String> fresh() {
    return network.tensors().stream()
        .map(TensorSpec::name)
        .filter(name -> !sources.containsKey(name))
        .toList();
  }

  /**
   * Reads the values: weights and running statistics in the network's order.
   *
   * @param seed of the tensors that begin afresh
   * @param read called after each tensor
   * @throws CannotException if the file is damaged, or has changed since it was compared
   */
  public State state(long seed, Runnable read) {
    try (WeightsFile opened = WeightsFile.open(file)) {
      Map<String, StoredTensor> stored = new LinkedHashMap<>();
      opened.stored().tensors().forEach(it -> stored.put(it.name(), it));
      List<NamedTensor> tensors = new ArrayList<>();
      for (TensorSpec wanted : network.tensors()) {
        String source = sources.get(wanted.name());
        float[] values =
            source == null
                ? wanted.initialValues(seed)
                : opened.values(unchanged(stored.get(source), wanted));
        Role role = wanted.trainable() ? Role.TRAINABLE : Role.AVERAGE;
        tensors.add(new NamedTensor(wanted.name(), wanted.shape(), role, values));
        read.run();
      }
      return new State(tensors);
    }
  }

  private StoredTensor unchanged(StoredTensor found, TensorSpec wanted) {
    if (found == null || found.size() != wanted.size()) {
      throw new CannotException(
          "read weights in " + JobFiles.shown(file), "it has changed meanwhile; start again");
    }
    return found;
  }
}
