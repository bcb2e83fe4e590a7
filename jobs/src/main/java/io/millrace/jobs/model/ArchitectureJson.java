package io.millrace.jobs.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.jobs.architecture.Architecture;
import io.millrace.pipeline.job.Variant;
import java.io.IOException;

/** An architecture as it is written in a pipeline file: its name beside its keys in kebab-case. */
final class ArchitectureJson {
  private static final String NAME =
      Architecture.class.getAnnotation(Variant.class).discriminator();
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

  private ArchitectureJson() {}

  static ObjectNode write(Architecture architecture) {
    ObjectNode node = JSON.createObjectNode();
    node.put(NAME, architecture.getClass().getAnnotation(Variant.class).value());
    JsonNode keys = JSON.valueToTree(architecture);
    keys.fields().forEachRemaining(key -> node.set(key.getKey(), key.getValue()));
    return node;
  }

  /**
   * @throws IOException if the catalogue has no such architecture
   */
  static Architecture read(JsonNode node) throws IOException {
    String name = node.path(NAME).asText();
    for (Class<?> known : Architecture.class.getPermittedSubclasses()) {
      if (known.getAnnotation(Variant.class).value().equals(name)) {
        ObjectNode keys = node.deepCopy();
        keys.remove(NAME);
        return (Architecture) JSON.treeToValue(keys, known);
      }
    }
    throw new IOException("no architecture is named '" + name + "'");
  }
}
