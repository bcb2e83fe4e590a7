package io.millrace.pipeline.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that are read beside the one that is written. */
class AlternativeNamesTest {
  enum Sampling {
    @Variant(formerly = "shuffled")
    FULL,
    NONE
  }

  sealed interface Rule {
    @Variant(value = "colour", also = "color", formerly = "tint")
    record Colour(@Key(value = "how much", or = "1", also = "amounts") int amount)
        implements Rule {}

    @Variant("plain")
    record Plain(@Key(value = "how much", or = "1") int amount) implements Rule {}
  }

  record Inner(@Key(value = "a centre", or = "2", also = "center", counts = "steps") int centre) {}

  record Parameters(
      @Key(value = "the rule", or = "plain", also = "regulation") Rule rule,
      @Key(value = "the order", or = "full", formerly = "order") Sampling shuffle,
      @Key(value = "more", or = "{}") Inner inner,
      @Key(value = "a number", or = "1", flag = "n") int wholeNumber) {}

  private static final Job<Parameters> JOB =
      new Job<>() {
        @Override
        public String name() {
          return "synthesize";
        }

        @Override
        public List<String> also() {
          return List.of("synthesise");
        }

        @Override
        public int version() {
          return 1;
        }

        @Override
        public String summary() {
          return "";
        }

        @Override
        public List<String> examples() {
          return List.of();
        }

        @Override
        public Class<Parameters> parameters() {
          return Parameters.class;
        }

        @Override
        public JobResult run(JobRequest<Parameters> request, JobContext context) {
          return new JobResult("0", Map.of(), "");
        }
      };

  @TempDir Path folder;

  private PipelineSpec read(String keys, String... sets) throws IOException {
    Path file = folder.resolve("p.conf");
    Files.writeString(
        file, "pipeline = p\nworkspace = w\nstages { a { job = synthesise\n" + keys + "\n} }\n");
    return PipelineReader.read(file, List.of(sets), JobCatalogue.of(JOB));
  }

  private static Parameters of(PipelineSpec pipeline) {
    return (Parameters) pipeline.stages().get(0).parameters();
  }

  @Test
  void readsOtherSpellingSilentlyAndOldNameWithNotice() throws IOException {
    PipelineSpec american = read("regulation { color { amounts = 3 } }, inner { center = 5 }");
    assertThat(of(american))
        .isEqualTo(new Parameters(new Rule.Colour(3), Sampling.FULL, new Inner(5), 1));
    assertThat(american.notices()).isEmpty();
    assertThat(Canonical.of(of(american)).toString())
        .isEqualTo("{inner={centre=5}, rule={colour={amount=3}}}");

    PipelineSpec old = read("rule { tint = 3 }\norder = shuffled");
    assertThat(of(old).shuffle()).isEqualTo(Sampling.FULL);
    assertThat(old.notices())
        .containsExactlyInAnyOrder(
            folder + "/p.conf:4: stages.a.rule.tint: 'tint' is an old name; write colour",
            folder + "/p.conf:5: stages.a.order: 'order' is an old name; write shuffle",
            folder + "/p.conf:5: stages.a.order: 'shuffled' is an old name; write full");
  }

  @Test
  void overrideInAnotherSpellingReplacesTheFilesValue() throws IOException {
    String file = "rule { colour { amount = 3 } }, shuffle = none, inner { centre = 4 }";
    assertThat(
            of(
                read(
                    file,
                    "stages.a.regulation.color.amounts=5",
                    "stages.a.order=shuffled",
                    "stages.a.inner.center=6")))
        .isEqualTo(new Parameters(new Rule.Colour(5), Sampling.FULL, new Inner(6), 1));
    assertThat(of(read("regulation { color = 3 }", "stages.a.rule={ plain = 2 }")).rule())
        .isEqualTo(new Rule.Plain(2));
  }

  @Test
  void reportsTwoSpellingsOfOneKey() {
    ConfigurationException thrown =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> read("rule = plain\nregulation = plain\ninner { center = x }"));
    assertThat(thrown.problems())
        .extracting(it -> it.toString().replace(folder + "/", ""))
        .containsExactly(
            "p.conf:5: stages.a.regulation: is the same key as rule, which is also given: give"
                + " only one of them",
            "p.conf:6: stages.a.inner.center: 'x' is not a whole number; it counts steps");
    assertThat(thrown.problems().get(1).excerpt()).isPresent();
  }

  @Test
  void flagsAcceptOtherSpellingsAndOldNames() {
    Map<String, String> values = Map.of("regulation", "color", "amounts", "3", "order", "none");
    StageSpec stage = FlagReader.read(JOB, values);
    assertThat(stage.parameters())
        .isEqualTo(new Parameters(new Rule.Colour(3), Sampling.NONE, new Inner(2), 1));
    assertThat(stage.notices()).containsExactly("--order is an old name; write --shuffle");
    assertThat(FlagReader.read(JOB, Map.of("rule", "plain", "rule.amount", "4")).parameters())
        .isEqualTo(new Parameters(new Rule.Plain(4), Sampling.FULL, new Inner(2), 1));
    assertThat(FlagReader.read(JOB, Map.of("n", "4", "inner.center", "3")).parameters())
        .isEqualTo(new Parameters(new Rule.Plain(1), Sampling.FULL, new Inner(3), 4));
    ConfigurationException thrown =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> FlagReader.read(JOB, Map.of("order", "none", "shuffle", "none")));
    assertThat(thrown.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "--shuffle: is the same key as --order, which is also given: give only one of them");
  }
}
