package io.millrace.jobs.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarTest {
  private static final ProgressState TRAINING =
      new ProgressState("model: train", 18_500, 0, 50_000, "images", 100, "loss 1.20, epoch 2/5");

  @Test
  void leavesOutTheLeastImportantPartsFirst() {
    assertThat(Bar.line(TRAINING, 200))
        .isEqualTo(
            "model: train  37 %  [==========>                 ]  18,500 of 50,000 images  185/s"
                + "  2:50 min left  loss 1.20, epoch 2/5");
    assertThat(Bar.line(TRAINING, 71))
        .isEqualTo("model: train  37 %  [=>   ]  185/s  2:50 min left  loss 1.20, epoch 2/5");
    assertThat(Bar.line(TRAINING, 60))
        .isEqualTo("model: train  37 %  2:50 min left  loss 1.20, epoch 2/5");
    assertThat(Bar.line(TRAINING, 40)).isEqualTo("model: train  37 %  loss 1.20, epoch 2/5");
    assertThat(Bar.line(TRAINING, 50)).isEqualTo("model: train  37 %  2:50 min left  loss 1.20");
    assertThat(Bar.line(TRAINING, 34)).isEqualTo("model: train  37 %  loss 1.20");
    assertThat(Bar.line(TRAINING, 20)).isEqualTo("model: train  37 %");
    assertThat(Bar.line(TRAINING, 12)).isEqualTo("model:  37 %");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10, 20, 30, 39, 40, 60, 79, 100, 199})
  void lineFitsTheColumns(int columns) {
    ProgressState chinese =
        new ProgressState("模型训练: train", 18_500, 0, 50_000, "images", 100, "第二轮, loss 1.20");
    assertThat(Columns.of(Bar.line(chinese, columns))).isLessThanOrEqualTo(columns);
    assertThat(Columns.of(Bar.line(TRAINING, columns))).isLessThanOrEqualTo(columns);
  }

  @Test
  void showsBytesWithUnitsAndHidesUnknownValues() {
    assertThat(Bar.line(new ProgressState("cifar", 12_300_000, 0, 170_500_000, "bytes", 2, ""), 70))
        .endsWith("12.3 MB of 170.5 MB  6.2 MB/s  25.7 s left");
    assertThat(Bar.line(new ProgressState("list", 0, 0, -1, "files", 0, ""), 70))
        .isEqualTo("list  0 files  0.0/s");
    assertThat(Bar.line(new ProgressState("none", 0, 0, 0, "files", 1, ""), 70))
        .isEqualTo("none  0 of 0 files  0.0/s");
    assertThat(Bar.line(new ProgressState("all", 5, 0, 5, "files", 1, ""), 70))
        .startsWith("all  100 %  [============================]");
  }
}
