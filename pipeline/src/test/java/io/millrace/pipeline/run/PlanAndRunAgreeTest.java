package io.millrace.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.plan.Plan;
import io.millrace.pipeline.plan.PlannedOutcome;
import io.millrace.pipeline.plan.Selection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever happened before: a stage planned to run runs, one planned to be skipped is skipped. */
class PlanAndRunAgreeTest {
  private static final int ROUNDS = 5;
  private static final int STAGES = 5;

  @Property(tries = 10)
  void runDoesWhatPlanPrinted(@ForAll @IntRange(min = 0, max = 1_000_000) int seed)
      throws IOException {
    Path folder = Files.createTempDirectory("agree");
    try {
      Random random = new Random(seed);
      JobCatalogue jobs = new TestJobs().catalogue();
      PipelineFile file = new PipelineFile(folder);
      boolean[][] edges = edges(random);
      for (int round = 0; round < ROUNDS; round++) {
        file.stages(stages(edges, random));
        damageSomething(file.workspace, random);
        Selection selection = selection(random);
        Plan plan = file.plan(jobs, selection);
        int parallel = 1 + random.nextInt(3);
        RunResult result = file.run(jobs, new RunOptions(selection, parallel, Map.of()));
        assertAgree(plan, result);
        Plan afterwards =
            file.plan(jobs, new Selection(selection.only(), Optional.empty(), List.of(), false));
        assertThat(afterwards.stages())
            .as("nothing is left to do after %s", PipelineFile.text(plan))
            .allMatch(s -> s.outcome() == PlannedOutcome.SKIP);
      }
    } finally {
      delete(folder);
    }
  }

  private static void assertAgree(Plan plan, RunResult result) {
    String both = PipelineFile.text(plan) + "\n" + PipelineFile.text(result);
    assertThat(result.stages()).as(both).hasSameSizeAs(plan.stages());
    for (int i = 0; i < plan.stages().size(); i++) {
      StageOutcome happened = result.stages().get(i).outcome();
      assertThat(result.stages().get(i).name()).isEqualTo(plan.stages().get(i).stage().name());
      switch (plan.stages().get(i).outcome()) {
        case RUN -> assertThat(happened).as(both).isEqualTo(StageOutcome.RAN);
        case SKIP -> assertThat(happened).as(both).isEqualTo(StageOutcome.SKIPPED);
        case RUN_UNLESS_UNCHANGED ->
            assertThat(happened).as(both).isNotEqualTo(StageOutcome.FAILED);
      }
    }
  }

  private static boolean[][] edges(Random random) {
    boolean[][] edges = new boolean[STAGES][STAGES];
    for (int to = 1; to < STAGES; to++) {
      for (int from = 0; from < to; from++) {
        edges[to][from] = random.nextInt(3) == 0;
      }
    }
    return edges;
  }

  /** Few texts and short inputs, so that early results and unchanged digests come back often. */
  private static String stages(boolean[][] edges, Random random) {
    StringBuilder hocon = new StringBuilder();
    for (int stage = STAGES - 1; stage >= 0; stage--) {
      List<String> inputs = new ArrayList<>();
      for (int from = 0; from < STAGES; from++) {
        if (edges[stage][from]) {
          inputs.add("\"@s" + from + "\"");
        }
      }
      hocon.append(
          "s%d { job = write, text = t%d, keep = %d, inputs = %s }\n"
              .formatted(stage, random.nextInt(2), random.nextInt(2), inputs));
    }
    return hocon.toString();
  }

  private static Selection selection(Random random) {
    String stage = "s" + random.nextInt(STAGES);
    return switch (random.nextInt(6)) {
      case 0 -> PipelineFile.only(stage);
      case 1 -> PipelineFile.anewFrom(stage);
      case 2 -> PipelineFile.force(stage);
      case 3 -> PipelineFile.FORCE_ALL;
      default -> Selection.ALL;
    };
  }

  private static void damageSomething(Path workspace, Random random) throws IOException {
    if (!Files.exists(workspace) || random.nextInt(3) > 0) {
      return;
    }
    try (Stream<Path> files = Files.walk(workspace.resolve("artifacts"))) {
      List<Path> all =
          files.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
      Files.delete(all.get(random.nextInt(all.size())));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : new TreeSet<>(all.toList()).descendingSet()) {
        Files.delete(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
