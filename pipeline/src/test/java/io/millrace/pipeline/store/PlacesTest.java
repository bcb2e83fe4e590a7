package io.millrace.pipeline.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {
  private static final String HOME =
      System.getenv().getOrDefault("HOME", System.getProperty("user.home"));

  @Test
  void resolvesLeadingTildeToHomeFolder() {
    assertThat(Places.text(Places.uri("~/w/x"))).isEqualTo(Path.of(HOME, "w", "x").toString());
    assertThat(Places.text(Places.uri("~"))).isEqualTo(Path.of(HOME).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"./~/w", "a/~", "~ann/w", "/~/w"})
  void keepsOtherTildesAsTheyAre(String written) {
    assertThat(Places.text(Places.uri(written)))
        .isEqualTo(Path.of(written).toAbsolutePath().normalize().toString());
  }
}
