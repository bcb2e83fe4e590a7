package io.millrace.pipeline.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Share;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DescribedKeyTest {
  enum Side {
    LEFT,
    FAR_RIGHT
  }

  record Inner(@Key("deep") int deep) {}

  record All(
      @Key(value = "how many", min = 1, max = 9) int howMany,
      @Key(value = "a part", or = "1%", max = 0.5, also = "share", formerly = "piece") Share part,
      @Key(value = "drawn", min = 0) Optional<Interval> drawn,
      @Key("sides") List<Side> sides,
      @Key(value = "more", or = "{}", affectsResult = false) Optional<List<Inner>> more) {}

  private final List<DescribedKey> keys = DescribedKey.of(All.class);

  @Test
  void keysAreInTheOrderOfTheRecord() {
    assertThat(keys)
        .extracting(DescribedKey::name)
        .containsExactly("how-many", "part", "drawn", "sides", "more");
    assertThat(keys.get(1).also()).containsExactly("share");
    assertThat(keys.get(1).formerly()).containsExactly("piece");
  }

  @Test
  void describesRangesInWords() {
    assertThat(keys)
        .extracting(DescribedKey::range)
        .containsExactly("1 to 9", "at most 0.5", "0 or more", "", "");
  }

  @Test
  void describesListsAndOptionals() {
    assertThat(keys)
        .extracting(DescribedKey::isList)
        .containsExactly(false, false, false, true, true);
    assertThat(keys)
        .extracting(DescribedKey::isRequired)
        .containsExactly(true, false, false, true, false);
    assertThat(keys)
        .extracting(DescribedKey::holdsKeys)
        .containsExactly(false, false, false, false, true);
    assertThat(keys)
        .extracting(DescribedKey::canChangeResult)
        .containsExactly(true, true, true, true, false);
  }

  @Test
  void describesKindsOfValuesAndChoices() {
    assertThat(keys.get(0).value()).isEqualTo("whole number");
    assertThat(keys.get(2).value()).isEqualTo("number or [least, most]");
    assertThat(keys.get(3).words()).containsExactly("left", "far-right");
    assertThat(keys.get(4).value()).isEmpty();
  }
}
