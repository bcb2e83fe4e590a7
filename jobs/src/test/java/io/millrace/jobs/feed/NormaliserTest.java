package io.millrace.jobs.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.testing.TorchvisionCases;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Normalised values beside torchvision's, and the way back. */
class NormaliserTest {
  @Test
  void normalisedValuesEqualTorchvision() throws Exception {
    List<JsonNode> cases = TorchvisionCases.of("normalize");
    assertThat(cases).hasSizeGreaterThan(3);
    for (JsonNode it : cases) {
      Image picture = TorchvisionCases.picture(it);
      float[] ours = new float[picture.pixels().length];
      normaliser(it.get("args")).apply(picture.pixels(), ours);
      JsonNode head = it.get("head");
      for (int i = 0; i < head.size(); i++) {
        float theirs = (float) head.get(i).asDouble();
        assertThat(ours[i]).as(it.toString()).isCloseTo(theirs, within(1e-6f));
      }
    }
  }

  @Test
  void invertsEveryLevel() {
    Normaliser normaliser = new Normaliser(List.of(0.4914, 0.3), List.of(0.24703, 0.0));
    for (int c = 0; c < 2; c++) {
      for (int level = 0; level < 256; level++) {
        float normalised = normaliser.tables()[c][level];
        assertThat(normaliser.level(c, normalised) & 0xFF).isEqualTo(level);
      }
    }
  }

  private static Normaliser normaliser(JsonNode args) {
    return new Normaliser(doubles(args.get("mean")), doubles(args.get("std")));
  }

  private static List<Double> doubles(JsonNode array) {
    List<Double> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asDouble()));
    return values;
  }
}
