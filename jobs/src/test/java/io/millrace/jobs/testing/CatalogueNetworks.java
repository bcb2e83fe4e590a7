package io.millrace.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.pipeline.spec.FullForm;
import io.millrace.pipeline.spec.Variants;
import java.util.stream.Stream;

/** Every network of the catalogue, also those that are added later. */
public final class CatalogueNetworks {
  private CatalogueNetworks() {}

  /** Their names. */
  public static Stream<String> names() {
    return Variants.records(Architecture.class).keySet().stream();
  }

  /**
   * The network with its usual settings, for colour pictures that are small, and have odd sides
   * where it takes any.
   */
  public static Blueprint smallest(String name, int classes) {
    Architecture architecture = FullForm.read(Architecture.class, "{ \"name\": \"" + name + "\" }");
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
