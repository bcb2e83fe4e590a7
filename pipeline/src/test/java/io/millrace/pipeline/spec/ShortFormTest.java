package io.millrace.pipeline.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortFormTest {
  sealed interface Move {}

  @Variant("step")
  record Step(
      @Key("how far") int far,
      @Key(value = "how likely", or = "0.5") double p,
      @Key(value = "where", or = "left") Side side)
      implements Move {}

  enum Side {
    LEFT,
    FAR_RIGHT
  }

  record Turn(
      @Key(value = "how much", or = "4") Interval by,
      @Key(value = "sizes", or = "[]") List<Integer> sizes,
      @Key("what is said") Optional<String> say)
      implements Move {
    Turn {
      by = by.aroundZero();
    }
  }

  record Whole(@Key("the move") Move move) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ step = 3 }                                         | step = 3",
        "{ step { far = 3, p = 0.5, side = left } }           | step = 3",
        "{ step { side = far-right, far = 3 } }               | step { far = 3, side = far-right }",
        "{ step { far = 3, p = 1 } }                          | step { far = 3, p = 1 }",
        "turn                                                 | turn",
        "{ turn { by = [-4, 4] } }                            | turn",
        "{ turn { by = [-0.5, 0.5] } }                        | turn = 0.5",
        "{ turn = [0.5, 0.5] }                                | turn = [0.5, 0.5]",
        "{ turn { sizes = [1, 2], say = \"go, now\" } }       "
            + "| turn { sizes = [1, 2], say = \"go, now\" }",
        "{ turn { sizes = [1, 2] } }                          | turn { sizes = [1, 2] }",
      })
  void writesShortFormThatReadsBackEqual(String written, String shortly) {
    Move move = read(written);
    assertThat(ShortForm.of((Record) move)).isEqualTo(shortly);
    String again = shortly.contains(" ") ? "{ " + shortly + " }" : shortly;
    assertThat(read(again)).isEqualTo(move);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ step = 3 }   | step { far = 3, p = 0.5, side = left }",
        "turn           | turn { by = [-4, 4], sizes = [] }",
      })
  void writesFullFormThatReadsBackEqual(String written, String full) {
    Move move = ShortForm.read(Move.class, written);
    assertThat(move).isEqualTo(read(written));
    assertThat(ShortForm.inFull((Record) move)).isEqualTo(full);
    assertThat(ShortForm.read(Move.class, "{ " + full + " }")).isEqualTo(move);
  }

  private static Move read(String written) {
    ConfigObject source = ConfigFactory.parseString("move = " + written).root();
    Binder binder = new Binder(new NamedOrigins("s"), new Problems(), UnaryOperator.identity());
    return binder.bind(Whole.class, source, List.of(), source).orElseThrow().move();
  }
}
