package io.millrace.jobs.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.catalogue.ConvNet;
import io.millrace.jobs.feed.InputShape;
import io.millrace.pipeline.card.Fact;
import io.millrace.pipeline.store.JsonText;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code show} says of a model. */
class ModelFactsTest {
  private static final URI PLACE = URI.create("file:///data");

  @Test
  void countsWeightsAndNamesInput() throws IOException {
    Architecture architecture = new ConvNet(List.of(4));
    Model model =
        new Model(
            PLACE,
            "d",
            architecture,
            "dl4j",
            new InputShape(1, 8, 8),
            List.of("a", "b"),
            List.of(0.5),
            List.of(0.25),
            new Origin("d", "train", 0, 1));
    int weights = architecture.blueprint(1, 8, 8, 2).weightCount();
    Map<String, Object> contents = json("{'architecture': {'name': 'conv-net', 'channels': [4]}}");
    Map<String, Object> metrics =
        json("{'epochs': 2, 'loss': 0.43442, 'validation-accuracy': 0.9175}");
    assertThat(ModelFacts.rows(model, contents, metrics))
        .contains(
            new Fact("architecture", "conv-net, channels 4"),
            new Fact("input", "8 x 8 pixels, grey"),
            new Fact("normalised by", "mean 0.5000; deviation 0.2500"),
            new Fact(
                "training", "2 epochs, loss 0.434 nats in the last, validation accuracy 91.8 %"))
        .anySatisfy(
            row -> {
              assertThat(row.name()).isEqualTo("parameters");
              assertThat(row.value()).startsWith(weights + ", ");
            });
  }

  private static Map<String, Object> json(String text) throws IOException {
    return JsonText.object(text.replace('\'', '"').getBytes(UTF_8));
  }
}
