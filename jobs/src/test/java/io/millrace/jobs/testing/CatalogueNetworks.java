package io.millrace.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.pipeline.spec.FullForm;
import io.millrace.pipeline.spec.Variants;
import io.millrace.pipeline.store.JsonText;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every network of the catalogue, also those that are added later. */
public final class CatalogueNetworks {
  private static final Map<String, Integer> NARROW = Map.of("width", 8, "hidden", 32);

  private CatalogueNetworks() {}

  /** Their names. */
  public static Stream<String> names() {
    return Variants.records(Architecture.class).keySet().stream();
  }

  /**
   * The network as narrow as its keys allow, for colour pictures that are small, and have odd sides
   * where it takes any.
   */
  public static Blueprint smallest(String name, int classes) {
    Map<String, Object> keys = new TreeMap<>(Map.of("name", name));
    for (RecordComponent key :
        Variants.records(Architecture.class).get(name).getRecordComponents()) {
      if (NARROW.containsKey(key.getName())) {
        keys.put(key.getName(), NARROW.get(key.getName()));
      }
    }
    Architecture architecture = FullForm.read(Architecture.class, JsonText.line(keys));
    for (int side : new int[] {9, 33, 65}) {
      try {
        return architecture.blueprint(3, side, side + 2, classes);
      } catch (IllegalArgumentException tooSmall) {
        assertThat(tooSmall).hasMessageContaining("" + side);
      }
    }
    return architecture.blueprint(3, 224, 224, classes);
  }
}
