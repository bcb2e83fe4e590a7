package io.millrace.jobs.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.jobs.files.Json;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.testing.Cards;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two classes of one name, as ImageNet has them: a crane is a bird, and another a machine. */
class EvaluationJsonTest {
  private static final List<String> NAMES = List.of("dog", "crane", "cat", "crane");
  private static final EvaluationJson.Origin ORIGIN =
      new EvaluationJson.Origin("m", "d", "test", Split.TEST, Optional.empty());

  /** A bird taken for a machine, a machine for a bird, a bird known, and a dog taken for a bird. */
  private static final Evaluation CRANES =
      Evaluation.of(
          Predictions.of(
                  4,
                  new int[] {1, 3, 1, 0},
                  .1f,
                  .2f,
                  .1f,
                  .6f, //
                  .1f,
                  .5f,
                  .1f,
                  .3f, //
                  .0f,
                  .8f,
                  .1f,
                  .1f, //
                  .2f,
                  .7f,
                  .1f,
                  .0f)
              .tally(1, 9),
          NAMES);

  private static final Path EARLIER =
      Path.of(
          "src/test/resources/io/millrace/jobs/earlier/artifacts/test/"
              + "778a9b5d882df784fbf8a35874942213cab7aae969a9bce2cae43c1ada5ed6a4");

  private static EvaluationFile written() throws Exception {
    return EvaluationJson.read(EvaluationJson.text(CRANES, ORIGIN).getBytes(UTF_8));
  }

  /** To the byte what an earlier Millrace wrote. */
  @Test
  void isWrittenAsItEverWas() throws Exception {
    byte[] earlier = Files.readAllBytes(EARLIER.resolve(EvaluationJson.FILE));
    assertThat(new String(Json.bytes(EvaluationJson.read(earlier)), UTF_8) + "\n")
        .isEqualTo(new String(earlier, UTF_8));
  }

  @Test
  void whatIsNoEvaluationIsRefused() {
    for (String json : List.of("{}", "[]", "{\"format\": 2}", "{\"format\": 1}", "{")) {
      assertThatThrownBy(() -> EvaluationJson.read(json.getBytes(UTF_8)))
          .as(json)
          .isInstanceOf(IOException.class);
    }
  }

  private static void assertCranesAreToldApart(Evaluation read) {
    assertThat(read.mistakes())
        .extracting(Verdict::id, Verdict::label, Verdict::predicted)
        .containsExactlyInAnyOrder(tuple("p0", 1, 3), tuple("p1", 3, 1), tuple("p3", 0, 1));
    assertThat(read.leastSure())
        .extracting(Verdict::id, Verdict::label, Verdict::predicted)
        .contains(tuple("p2", 1, 1), tuple("p0", 1, 3));
  }

  @Test
  void readsClassesOfOneNameBackApart() throws Exception {
    assertCranesAreToldApart(EvaluationJson.evaluation(written()));
  }

  @Test
  void cardTellsClassesOfOneNameApart() throws Exception {
    Evaluation read = EvaluationJson.evaluation(written());
    Card card =
        new EvaluationCard(
                read, Optional.empty(), new VerdictGallery(read, ORIGIN, Optional.empty()))
            .card();
    Block.Table classes = Cards.all(card, Block.Table.class).get(0);
    assertThat(classes.rows())
        .extracting(row -> row.get(0))
        .containsExactly("dog", "crane (class 1)", "cat", "crane (class 3)");
    assertThat(Cards.all(card, Block.Table.class))
        .filteredOn(table -> table.caption().equals("The worst mistakes"))
        .flatExtracting(Block.Table::rows)
        .extracting(row -> row.get(1) + " as " + row.get(2))
        .contains("crane (class 1) as crane (class 3)", "crane (class 3) as crane (class 1)");
  }

  /** Its files have names alone. A mistake between two cranes is read as one, if not as which. */
  @Test
  void readsMistakesOfFilesOfTheFirstVersion() throws Exception {
    String old =
        EvaluationJson.text(CRANES, ORIGIN)
            .replaceAll(" *\"(true|predicted)-label\" : \\d+,\n", "");
    assertThat(old).contains("\"true\" : \"crane\"").doesNotContain("-label");
    Evaluation read = EvaluationJson.evaluation(EvaluationJson.read(old.getBytes(UTF_8)));
    assertThat(read.mistakes()).hasSize(3).noneMatch(Verdict::right);
    assertThat(read.leastSure())
        .filteredOn(Verdict::right)
        .extracting(Verdict::id, Verdict::label)
        .containsExactly(tuple("p2", 1));
    assertThat(read.mistakes())
        .extracting(Verdict::id, Verdict::label, Verdict::predicted)
        .contains(tuple("p3", 0, 1));
  }
}
