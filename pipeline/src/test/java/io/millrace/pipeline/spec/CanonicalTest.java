package io.millrace.pipeline.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.millrace.pipeline.job.Interval;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.spec.TestJobs.Train;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CanonicalTest {
  /** Keys, each in spellings that mean the same; an empty one leaves the default. */
  private static final List<List<String>> SPELLINGS =
      List.of(
          List.of("shards = \"hdfs://h/x\"", "shards = \"hdfs://elsewhere/x\""),
          List.of(
              "architecture { name = resnet, channels = [16, 32] }",
              "architecture { channels = [16, 3.2e1], name = resnet }",
              "architecture = resnet",
              "architecture { resnet {} }",
              "architecture { resnet = [16, 32] }",
              "architecture { name = resnet, weights = \"hdfs://h/w\" }"),
          List.of(
              "augment = [{ flip = 0.5 }, grey, { random-crop = 32 }]",
              "augment = [flip, { grey {} }, { random-crop { size = 32 } }]",
              "augment = [{ flip { chance = 5e-1 } }, grey] [{ random-crop = 32.0 }]"),
          List.of(
              "schedule { one-cycle { epochs = 5, lr = 0.1 } }",
              "schedule.one-cycle.lr = 1e-1, schedule.one-cycle.epochs = 5",
              "schedule { one-cycle { lr = \"0.10\", epochs = 5, momentum = [0.95, 0.850] } }"),
          List.of("", "workers = 2", "workers = 2.0", "workers = \"2\""),
          List.of("", "flips = no", "flips = false"),
          List.of("", "seed = 0", "seed = -0"),
          List.of("", "checkpoint-every = 3m"),
          List.of("", "stats = \"hdfs://h/stats\""),
          List.of("", "# a comment"));

  private static Map<String, Object> canonical(String text) {
    Problems problems = new Problems();
    Binder binder = new Binder(new NamedOrigins("x"), problems, location -> location);
    var object = ConfigFactory.parseString(text).root();
    var bound = binder.bind(Train.class, object, List.of(), object);
    problems.throwIfAny();
    return Canonical.of(bound.orElseThrow());
  }

  private static String first() {
    return String.join("\n", SPELLINGS.stream().map(ways -> ways.get(0)).toList());
  }

  @Property(tries = 300)
  void sameFormForEverySpelling(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (List<String> ways : SPELLINGS) {
      lines.add(ways.get(random.nextInt(ways.size())));
    }
    Collections.shuffle(lines, random);
    assertThat(canonical(String.join("\n", lines)).toString())
        .isEqualTo(canonical(first()).toString());
  }

  @Test
  void formDiffersForEveryValueThatChangesTheResult() {
    Map<String, Object> plain = canonical(first());
    for (String other :
        List.of(
            "workers = 3",
            "seed = 1",
            "flips = true",
            "note = x",
            "architecture = { name = linear }",
            "architecture = { resnet = [32, 16] }",
            "augment = []",
            "augment = [grey, { flip = 0.5 }, { random-crop = 32 }]",
            "schedule { one-cycle { lr = 0.2 } }",
            "schedule = { constant { epochs = 5, lr = 0.1 } }")) {
      String text = (other.startsWith("architecture") ? "architecture = null\n" : "") + other;
      assertThat(
              canonical(
                  first() + "\n" + text.replace("schedule = {", "schedule = null\nschedule {")))
          .as(other)
          .isNotEqualTo(plain);
    }
  }

  @Test
  void formHasSortedPlainValuesWithoutDefaults() {
    assertThat(canonical(first()).toString())
        .isEqualTo(
            "{architecture={resnet={}}, "
                + "augment=[{flip={}}, {grey={}}, {random-crop={size=32}}], "
                + "schedule={one-cycle={epochs=5, lr=0.1}}}");
    assertThat(
            canonical(
                    first()
                        + "\nworkers = 3, augment = [{ flip = 0.25 }], architecture.channels = [4]")
                .toString())
        .isEqualTo(
            "{architecture={resnet={channels=[4]}}, augment=[{flip={chance=0.25}}], "
                + "schedule={one-cycle={epochs=5, lr=0.1}}, workers=3}");
  }

  record Inner(
      @Key(value = "a size", or = "3") int size,
      @Key(value = "a range", or = "0.5") Interval by,
      @Key(value = "how fast", or = "1", affectsResult = false) int speed) {
    Inner {
      by = by.aroundZero();
    }
  }

  record Outer(
      @Key(value = "one", or = "{}") Inner inner,
      @Key(value = "many", or = "[{}]") List<Inner> all,
      @Key(value = "perhaps", or = "5") Optional<Integer> some) {}

  private static Map<String, Object> outer(String text) {
    ConfigObject object = ConfigFactory.parseString(text).root();
    Binder binder = new Binder(new NamedOrigins("x"), new Problems(), location -> location);
    return Canonical.of(binder.bind(Outer.class, object, List.of(), object).orElseThrow());
  }

  @Test
  void leavesOutDefaultsAtAnyDepth() {
    for (String written :
        List.of(
            "",
            "inner { size = 3 }",
            "inner { size = 3, by = [-0.5, 0.5] }",
            "inner { speed = 9 }, some = 5",
            "all = [{ by = 0.5, speed = 7 }]")) {
      assertThat(outer(written)).as(written).isEmpty();
    }
    assertThat(outer("inner { by = 0.25 }, all = [{}, { size = 4 }], some = 6").toString())
        .isEqualTo("{all=[{}, {size=4}], inner={by=[-0.25, 0.25]}, some=6}");
  }

  @Test
  void readsParametersOfEarlierVersionsInTodaysForm() {
    Map<String, Object> stored =
        Map.of(
            "architecture",
            Map.of("resnet", Map.of("channels", List.of(16L, 32L))),
            "augment",
            List.of(Map.of("flip", Map.of("chance", 0.5)), Map.of("gone", Map.of())),
            "flips",
            false,
            "note",
            "",
            "dropped",
            1L,
            "schedule",
            Map.of("one-cycle", Map.of("epochs", 5L, "lr", 0.1, "momentum", List.of(0.95, 0.85))),
            "seed",
            0L,
            "workers",
            3L);
    assertThat(Earlier.parameters(Train.class, stored).toString())
        .isEqualTo(
            "{architecture={resnet={}}, augment=[{flip={}}, {gone={}}], dropped=1, "
                + "schedule={one-cycle={epochs=5, lr=0.1}}, workers=3}");
  }
}
