package io.millrace.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Series;
import io.millrace.pipeline.store.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChartsTest {
  private static final List<Series> SERIES =
      List.of(new Series("loss", new double[] {1, 2, 3}, new double[] {3, 2, 1}));

  @Test
  void marksAppearInChartDataAndDescription() throws Exception {
    Block.Lines marked =
        new Block.Lines("Loss", "round", "nats", SERIES, List.of(new Block.Mark(2, "32x32")));
    Map<String, Object> json =
        JsonText.object(Charts.json(marked).getBytes(StandardCharsets.UTF_8));
    assertThat(json.get("marks")).asString().contains("x=2").contains("text=32x32");
    assertThat(Charts.words(marked)).endsWith("; 32x32 from 2 on");
    Block.Lines plain = new Block.Lines("Loss", "round", "nats", SERIES);
    assertThat(Charts.json(plain)).doesNotContain("marks");
    assertThat(Charts.words(plain))
        .isNotEmpty()
        .isEqualTo(Charts.words(marked).replace("; 32x32 from 2 on", ""));
  }
}
