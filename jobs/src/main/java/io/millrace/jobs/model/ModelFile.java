package io.millrace.jobs.model;

import io.millrace.jobs.feed.InputShape;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * {@code model.json} as it stands in the file, key by key. What is missing there is empty.
 *
 * @param architecture its name and settings
 * @param input channels, height and width
 * @param engine its name, then what it says of itself
 * @param provenance where the model comes from
 * @param resize the shorter side that pictures are resized to before they are cut; absent in most
 * @param features the node whose values are the output; absent for a model of classes
 */
public record ModelFile(
    int format,
    String digest,
    Map<String, Object> architecture,
    List<Integer> input,
    List<String> classNames,
    List<Double> mean,
    List<Double> std,
    Map<String, String> engine,
    Map<String, Object> provenance,
    Integer resize,
    String features) {
  static final int FORMAT = 1;
  static final String NAME = "name";

  /** The numbers of {@link #input}. */
  private static final int SIDES = 3;

  /** Fills in what is missing. */
  public ModelFile {
    digest = Objects.requireNonNullElse(digest, "");
    architecture = Objects.requireNonNullElse(architecture, Map.of());
    input = Objects.requireNonNullElse(input, List.of());
    classNames = Objects.requireNonNullElse(classNames, List.of());
    mean = Objects.requireNonNullElse(mean, List.of());
    std = Objects.requireNonNullElse(std, List.of());
    engine = Objects.requireNonNullElse(engine, Map.of());
    provenance = Objects.requireNonNullElse(provenance, Map.of());
  }

  /**
   * What the network takes.
   *
   * @throws IOException if it is not said
   */
  InputShape inputShape() throws IOException {
    if (input.size() != SIDES || input.contains(null)) {
      throw new IOException("its input is not three numbers: channels, height and width");
    }
    return new InputShape(input.get(0), input.get(1), input.get(2));
  }

  /** The data and the portion of it that trained the model. */
  Origin origin() {
    Object shards = provenance.get("shards");
    return new Origin(
        shards instanceof Map<?, ?> dataset ? text(dataset.get("digest")) : "",
        text(provenance.get("split")),
        number(provenance.get("validation")).doubleValue(),
        number(provenance.get("seed")).longValue());
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  private static Number number(Object value) {
    return value instanceof Number number ? number : 0;
  }
}
