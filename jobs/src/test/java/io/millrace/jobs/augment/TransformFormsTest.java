package io.millrace.jobs.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.transform.Brightness;
import io.millrace.jobs.transform.CentreCrop;
import io.millrace.jobs.transform.ColourJitter;
import io.millrace.jobs.transform.Cutout;
import io.millrace.jobs.transform.Dihedral;
import io.millrace.jobs.transform.Flip;
import io.millrace.jobs.transform.Hue;
import io.millrace.jobs.transform.Pad;
import io.millrace.jobs.transform.PadReflect;
import io.millrace.jobs.transform.RandomCopy;
import io.millrace.jobs.transform.RandomCrop;
import io.millrace.jobs.transform.RandomErase;
import io.millrace.jobs.transform.RandomResizedCrop;
import io.millrace.jobs.transform.ResizeTo;
import io.millrace.jobs.transform.Rotate;
import io.millrace.jobs.transform.Transform;
import io.millrace.jobs.transform.Zoom;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.spec.Canonical;
import io.millrace.pipeline.spec.FlagReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Transforms as people write them. */
class TransformFormsTest {
  private static final Interval ANYWHERE = Interval.of(0, 1);

  @TempDir Path folder;

  static Stream<Arguments> forms() {
    return Stream.of(
        Arguments.of("{ pad-reflect = 4 }", new PadReflect(4)),
        Arguments.of("{ pad = 4 }", new Pad(4, Pad.Filling.REFLECT)),
        Arguments.of("{ pad { by = 4, with = zero } }", new Pad(4, Pad.Filling.ZERO)),
        Arguments.of("{ random-crop = 32 }", new RandomCrop(32)),
        Arguments.of(
            "{ random-crop { size = 32, top = 0, left = [0.5, 1] } }",
            new RandomCrop(32, Interval.of(0, 0), Interval.of(0.5, 1))),
        Arguments.of("{ centre-crop = 32 }", new CentreCrop(32)),
        Arguments.of("{ flip = horizontal }", new Flip(Flip.Axis.HORIZONTAL, 0.5)),
        Arguments.of("{ flip { axis = horizontal, p = 1.0 } }", new Flip(Flip.Axis.HORIZONTAL, 1)),
        Arguments.of("dihedral", new Dihedral(Interval.of(0, 7))),
        Arguments.of("{ dihedral = 4 }", new Dihedral(Interval.of(4, 4))),
        Arguments.of("{ resize { exact = [64, 48] } }", ResizeTo.exactly(64, 48)),
        Arguments.of(
            "{ random-resized-crop { size = 224, area = [0.08, 1], aspect = [0.75, 1.333] } }",
            new RandomResizedCrop(224, Interval.of(0.08, 1), Interval.of(0.75, 1.333))),
        Arguments.of("{ zoom = 1.1 }", new Zoom(Interval.of(1, 1.1))),
        Arguments.of("{ rotate = 10 }", new Rotate(Interval.of(-10, 10), 1)),
        Arguments.of("{ brightness = 0.2 }", new Brightness(Interval.of(-0.2, 0.2), 1)),
        Arguments.of(
            "{ brightness { by = [0.2, 0.2] } }", new Brightness(Interval.of(0.2, 0.2), 1)),
        Arguments.of("{ hue = 0.1 }", new Hue(Interval.of(-0.1, 0.1), 1)),
        Arguments.of(
            "{ colour-jitter { brightness = 0.4, hue = [0, 0.2] } }",
            new ColourJitter(
                Interval.of(-0.4, 0.4),
                Interval.of(0, 0),
                Interval.of(0, 0),
                Interval.of(0, 0.2),
                1)),
        Arguments.of(
            "{ random-erase { patches = 4, share = 0.2 } }",
            new RandomErase(Interval.of(0, 4), 0.2)),
        Arguments.of(
            "{ random-erase { patches = [4, 4] } }", new RandomErase(Interval.of(4, 4), 0.2)),
        Arguments.of(
            "{ random-erase { top = 0.5, left = [0, 0.25] } }",
            new RandomErase(Interval.of(0, 4), 0.2, Interval.of(0.5, 0.5), Interval.of(0, 0.25))),
        Arguments.of(
            "{ random-copy { top = 0, from-top = 1, from-left = [0.5, 1] } }",
            new RandomCopy(
                Interval.of(0, 4),
                0.2,
                Interval.of(0, 0),
                ANYWHERE,
                Interval.of(1, 1),
                Interval.of(0.5, 1))),
        Arguments.of("{ cutout = 16 }", new Cutout(16, ANYWHERE, ANYWHERE)),
        Arguments.of(
            "{ cutout { size = 16, top = 0.5 } }", new Cutout(16, Interval.of(0.5, 0.5), ANYWHERE)),
        Arguments.of(
            "{ random-resized-crop { size = 64, area = 0.5, left = 0 } }",
            new RandomResizedCrop(
                64,
                Interval.of(0.5, 0.5),
                Interval.of(0.75, 1.3333333),
                ANYWHERE,
                Interval.of(0, 0))));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void readsShortAndFullForms(String text, Transform meant) {
    assertThat(read(text).transforms()).containsExactly(meant);
  }

  @Test
  void equivalentFormsHaveOneFingerprint() {
    assertThat(Canonical.of(read("{ brightness = 0.2 }")))
        .isEqualTo(Canonical.of(read("{ brightness { by = [-0.2, 0.2], p = 1 } }")))
        .isNotEqualTo(Canonical.of(read("{ brightness { by = [0.2, 0.2] } }")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ brightness { by = [0.3, 0.1] } } | the first number must not be greater",
        "{ brightness { by = [1, 2, 3] } }  | takes a number or [least, most], not 3 numbers",
        "{ brightness = light }             | 'light' is not a number",
        "{ hue = 0.6 }                      | the largest value is 0.5",
        "{ cutout { size = 4, top = 2 } }   | the largest value is 1",
        "{ random-erase { left = [1, 0] } } | the first number must not be greater",
        "{ mixup = 0.4 }                    | mixes labels, which rows of a shard can't hold",
        "{ per-minibatch = [{ mixup {} }] } | works on minibatches, not on single pictures",
        "{ rotate = 200 }                   | the largest value is 180",
        "{ random-erase { patches = 1.5 } } | must be whole numbers",
        "{ pad { by = 4, with = white } }   | there is no 'white'",
        "{ resize { } }                     | write { shorter = 128 }",
      })
  void refusesInvalidTransforms(String text, String why) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(why);
  }

  private AugmentParameters read(String transform) {
    Map<String, String> flags =
        Map.of("shards", folder.toString(), "transforms", "[" + transform + "]");
    return (AugmentParameters) FlagReader.read(new AugmentJob(), flags).parameters();
  }
}
