package io.millrace.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.architecture.catalogue.Linear;
import io.millrace.jobs.averaging.Averaging;
import io.millrace.jobs.engine.Precision;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.sampling.Shuffle;
import io.millrace.jobs.schedule.Constant;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.transform.CutMix;
import io.millrace.jobs.transform.Flip;
import io.millrace.jobs.transform.Mixup;
import io.millrace.jobs.transform.PerMinibatch;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Share;
import io.millrace.pipeline.spec.Canonical;
import io.millrace.pipeline.spec.FlagReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the parameters of a training show before anything is read. */
class TrainParametersTest {
  private static final String SHARDS = "s3a://b/shards";
  private static final String STATS = "s3a://b/stats";

  @Test
  void hasDefaultsForAllButFourKeys() {
    TrainParameters parameters =
        parameters(
            Map.of(
                "shards",
                SHARDS,
                "stats",
                STATS,
                "architecture",
                "{ name = linear }",
                "schedule",
                "{ constant { epochs = 1, lr = 0.1 } }"));
    assertThat(parameters)
        .isEqualTo(
            new TrainParameters(
                parameters.shards(),
                parameters.stats(),
                Split.TRAIN,
                new Linear(),
                "dl4j",
                Precision.AUTO,
                2,
                64,
                new Averaging(8),
                List.of(),
                Optional.empty(),
                new Optimiser.Sgd(0, false),
                Optional.of(new Constant(1, 0.1, 0.9)),
                List.of(),
                1,
                1,
                new Share(0),
                new Shuffle.Block(16_384),
                false,
                Optional.empty(),
                FeedKeys.DEFAULT,
                new Checkpointing(Optional.empty(), Duration.ofSeconds(60), 3),
                Optional.empty(),
                Optional.empty(),
                FittingKeys.DEFAULT));
  }

  @Test
  void acceptsMixingTransformsOnlyAtTheEnd() {
    assertThat(parameters(flags(Map.of("augment", "[{ mixup = 0.4 }]"))).augment())
        .containsExactly(new Mixup(0.4, 1, Interval.of(0, 0.5)));
    assertThat(
            parameters(flags(Map.of("augment", "[{ cutmix { alpha = 2, p = 0.5, share = 0.3 } }]")))
                .augment())
        .containsExactly(new CutMix(2, 0.5, Interval.of(0.3, 0.3)));
    assertThat(
            parameters(flags(Map.of("augment", "[{ per-minibatch = [{ flip = horizontal }] }]")))
                .augment())
        .containsExactly(new PerMinibatch(List.of(new Flip(Flip.Axis.HORIZONTAL))));
    assertThatThrownBy(
            () -> parameters(flags(Map.of("augment", "[{ mixup {} }, { flip = horizontal }]"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("mixup (transform 1 of 2) mixes finished pictures; make it the last");
    assertThatThrownBy(
            () ->
                parameters(
                    flags(
                        Map.of(
                            "augment",
                            "[{ per-minibatch = [{ per-minibatch = [{ cutmix {} }] }] }]"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("can't have a transform that mixes pictures");
  }

  @Test
  void feedKeysAndDefaultsDoNotChangeTheFingerprint() {
    Map<String, Object> plain = Canonical.of(parameters(flags(Map.of())));
    assertThat(
            Canonical.of(
                parameters(
                    flags(
                        Map.of(
                            "feed",
                            "{ threads = 3, memory = 100MB, pixels = disk, disk = 1GB, folder ="
                                + " cache }")))))
        .isEqualTo(plain);
    assertThat(plain).doesNotContainKeys("drop-last", "phases", "feed");
    assertThat(Canonical.of(parameters(flags(Map.of("drop-last", "true"))))).isNotEqualTo(plain);
  }

  @Test
  void refusesUnsuitableSizesAndEngineWhenPlanning() {
    assertThatThrownBy(
            () ->
                parameters(flags(Map.of("augment", "[{ random-crop = 8 }, { random-crop = 9 }]"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("random-crop = 9 (transform 2 of 2)");
    assertThatThrownBy(
            () ->
                parameters(
                    flags(
                        Map.of(
                            "augment",
                            "[{ random-crop = 8 }, { flip = horizontal }]",
                            "input",
                            "16"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("random-crop = 8 (transform 1 of 2) makes images 8x8")
        .hasMessageContaining("the network takes 16x16");
    assertThatThrownBy(() -> parameters(flags(Map.of("engine", "abacus"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("abacus");
  }

  @Test
  void refusesUnsupportedOperationBeforeReadingData() {
    assertThatThrownBy(
            () ->
                parameters(
                    flags(
                        Map.of(
                            "engine",
                            "plain",
                            "architecture",
                            "{ name = resnet, channels = [4] }"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "architecture: plain has no Convolution (block1.conv1); take engine = dl4j");
  }

  @Test
  void averagingEntersTheFingerprintOnlyIfNotMillraces() {
    Map<String, Object> plain = Canonical.of(parameters(flags(Map.of())));
    assertThat(Canonical.of(parameters(flags(Map.of("averaging", "{ every = 2, by = millrace }")))))
        .isEqualTo(plain);
    assertThat(
            Canonical.of(parameters(flags(Map.of("averaging", "{ every = 2, by = dl4j-spark }")))))
        .isNotEqualTo(plain);
  }

  @Test
  void refusesSettingsThatDl4jSparkCannotDo() {
    String by = "{ every = 2, by = dl4j-spark }";
    assertThatThrownBy(
            () ->
                parameters(
                    flags(Map.of("averaging", by, "optimiser", "{ adam { weight-decay = 0.1 } }"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("optimiser.adam.weight-decay: it is 0.1")
        .hasMessageContaining("schedule.one-cycle.momentum: it changes from 0.95 to 0.85");
    assertThatThrownBy(
            () ->
                parameters(
                    flags(Map.of("averaging", by, "optimiser", "{ sgd { weight-decay = 1e-4 } }"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("optimiser.sgd.weight-decay: it is 1.0E-4");
    assertThatThrownBy(() -> parameters(flags(Map.of("averaging", "{ by = horovod }"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the choices are: dl4j-spark, millrace");
  }

  private static Map<String, String> flags(Map<String, String> changed) {
    return SmallTraining.flags(SHARDS, STATS, changed);
  }

  private static TrainParameters parameters(Map<String, String> flags) {
    return (TrainParameters) FlagReader.read(new TrainJob(), flags).parameters();
  }
}
