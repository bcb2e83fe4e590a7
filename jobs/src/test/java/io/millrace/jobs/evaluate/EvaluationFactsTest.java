package io.millrace.jobs.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.card.Fact;
import io.millrace.pipeline.store.JsonText;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code show} says of an evaluation. */
class EvaluationFactsTest {
  @Test
  void namesBestWorstAndMostConfusedClasses() throws IOException {
    assertThat(
            EvaluationFacts.rows(
                json(
                    """
                    {'split': 'test', 'images': 2000, 'unlabelled': 3, 'right': 870,
                     'accuracy': 0.43500, 'top-k': {'k': 2, 'accuracy': 0.9}, 'loss': 1.25,
                     'calibration': {'expected-error': 0.0512},
                     'classes': [
                       {'name': 'a', 'images': 1000, 'recall': 0.8, 'precision': 0.5},
                       {'name': 'b', 'images': 1000, 'recall': 0.07, 'precision': null},
                       {'name': 'empty', 'images': 0, 'recall': null, 'precision': null}],
                     'confusion': {'class-names': ['a', 'b', 'empty'],
                       'counts': [[800, 200, 0], [930, 70, 0], [0, 0, 0]]}}
                    """)))
        .containsExactly(
            new Fact("accuracy", "43.5 %: 870 of 2,000 images of split test"),
            new Fact("top 2", "90.0 %"),
            new Fact("loss", "1.250 nats"),
            new Fact("calibration", "probabilities are off by 5.1 % on average"),
            new Fact("unlabelled", "3 images, left out"),
            new Fact(
                "best class",
                "a: 80.0 % of its 1,000 images found, 50.0 % of what is called so is right"),
            new Fact("worst class", "b: 7.0 % of its 1,000 images found, nothing is called so"),
            new Fact("most confused", "b taken for a, 930 times"));
  }

  private static Map<String, Object> json(String text) throws IOException {
    return JsonText.object(text.replace('\'', '"').getBytes(UTF_8));
  }
}
