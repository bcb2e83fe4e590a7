package io.millrace.pipeline.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import io.millrace.pipeline.store.JsonText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Choices as an artifact keeps them. */
class FullFormTest {
  @Variant(discriminator = "name")
  sealed interface Net {
    @Variant(value = "deep", formerly = "old-deep")
    record Deep(
        @Key("widths") List<Integer> channels,
        @Key(value = "how it begins", or = "plain") Stem stem,
        @Key(value = "a rate that came later", or = "0.5", also = "dropout-rate") double dropout)
        implements Net {}
  }

  sealed interface Stem {
    @Variant("plain")
    record Plain(@Key(value = "its width", or = "7") int width) implements Stem {}
  }

  private static final Net.Deep DEEP = new Net.Deep(List.of(4, 8), new Stem.Plain(7), 0.5);

  @Test
  void writesEveryKeyAndReadsItBack() {
    Map<String, Object> form = FullForm.of(Net.class, DEEP);
    assertThat(form.toString())
        .isEqualTo("{name=deep, channels=[4, 8], dropout=0.5, stem={plain={width=7}}}");
    assertThat(FullForm.read(Net.class, JsonText.line(form))).isEqualTo(DEEP);
  }

  @Test
  void readsOlderFormsWithDefaultsAndOldNames() {
    assertThat(FullForm.read(Net.class, "{\"name\": \"deep\", \"channels\": [4, 8]}"))
        .isEqualTo(DEEP);
    assertThat(
            FullForm.read(
                Net.class, "{\"name\": \"old-deep\", \"channels\": [4, 8], \"dropout-rate\": 0.5}"))
        .isEqualTo(DEEP);
  }

  @Test
  void namesUnknownChoicesAndKeys() {
    assertThatThrownBy(() -> FullForm.read(Net.class, "{\"name\": \"deeper\"}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("name: there is no 'deeper'; did you mean 'deep'?");
    assertThatThrownBy(
            () -> FullForm.read(Net.class, "{\"name\": \"deep\", \"channels\": [], \"tail\": 1}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("tail: there is no such key");
  }
}
