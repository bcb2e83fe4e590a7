package io.millrace.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.Column;
import io.millrace.pipeline.card.Series;
import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.history.RunState;
import io.millrace.pipeline.history.StageRecord;
import io.millrace.pipeline.history.StageState;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final double[] X = {1, 2, 3};

  /** Shows one curve that the events decide, one that is always the same, and a faint one. */
  static final class Curves implements Job<Curves.Nothing> {
    record Nothing() {}

    @Override
    public String name() {
      return "curves";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public String summary() {
      return "Shows curves.";
    }

    @Override
    public List<String> examples() {
      return List.of("millrace curves");
    }

    @Override
    public Class<Nothing> parameters() {
      return Nothing.class;
    }

    @Override
    public JobResult run(JobRequest<Nothing> request, JobContext context) {
      throw new UnsupportedOperationException("it only shows");
    }

    @Override
    public Card card(CardRequest request) {
      double last = ((Number) request.events("loss").get(0).get("last")).doubleValue();
      Series smooth = new Series("smoothed", X, new double[] {3, 2, last});
      Series raw = new Series("raw", X, new double[] {9, 9, 9}, true);
      Series same = new Series("all", X, new double[] {1, 1, 1});
      Series other = new Series("some", X, new double[] {1, 2, 1});
      return Card.of(
          new Block.Lines("Loss", "round", "nats", List.of(raw, smooth)),
          new Block.Fold(
              "more", List.of(new Block.Lines("Levels", "level", "share", List.of(same, other)))));
    }
  }

  private static RunRecord run(String name, double accuracy, double last, String configuration) {
    StageRecord stage =
        new StageRecord(
            "model",
            "curves",
            Map.of(),
            StageState.RAN,
            "never ran",
            Optional.empty(),
            12.5,
            Optional.empty(),
            "accuracy",
            Map.of("accuracy", accuracy),
            List.of(Map.of("event", "loss", "last", last)));
    return new RunRecord(
        URI.create("file:///w/runs/" + name),
        name,
        "p",
        "millrace run p.conf",
        RunState.SUCCEEDED,
        Instant.EPOCH,
        13,
        List.of(stage),
        configuration);
  }

  private static Comparison comparison() {
    return new Comparison(
        List.of(
            run("one", 0.81, 1, "a = 1, stages { model { lr = 0.1, batch = 64 } }"),
            run("two", 0.93, 0.5, "a = 1, stages { model { lr = 0.2, seed = 7, batch = 64 } }")));
  }

  @Test
  void listsOnlyKeysThatDiffer() {
    assertThat(comparison().differences().rows())
        .containsExactly(
            List.of("stages.model.lr", "0.1", "0.2"), List.of("stages.model.seed", "–", "7"));
  }

  @Test
  void showsFiguresOfBothRunsInOneTable() {
    Block.Table figures = comparison().figures();
    assertThat(figures.columns())
        .containsExactly(Column.words("figure"), Column.figures("A"), Column.figures("B"));
    assertThat(figures.rows())
        .containsExactly(
            List.of("model, time", "12.5 s", "12.5 s"),
            List.of("model, accuracy", "0.8100", "0.9300"));
  }

  @Test
  void drawsDifferingCurvesInOneChart() {
    List<Block.Lines> lines =
        comparison().card(JobCatalogue.of(new Curves())).blocks().stream()
            .filter(Block.Lines.class::isInstance)
            .map(Block.Lines.class::cast)
            .toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).title()).isEqualTo("model: Loss");
    assertThat(lines.get(0).series()).extracting(Series::name).containsExactly("A", "B");
    assertThat(lines.get(0).series().get(1).y()).containsExactly(3, 2, 0.5);
  }
}
