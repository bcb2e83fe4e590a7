package io.millrace.jobs.model;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.feed.InputShape;
import io.millrace.pipeline.card.Fact;
import io.millrace.pipeline.text.Amounts;
import io.millrace.pipeline.text.ValueText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code show} says of a trained model. */
public final class ModelFacts {
  /** The part of the provenance that says which file a model was imported from. */
  public static final String IMPORTED = "weights";

  private static final double MILLION = 1e6;

  private ModelFacts() {}

  /** What a user does next with a model: the words of a command, as {@code Job.nextCommand}. */
  public static List<String> nextCommand(String artifact) {
    return List.of("predict", "--model", artifact, "--path", "DIR", "--output", "labels.csv");
  }

  /**
   * Of the model at {@code root}.
   *
   * @param contents of {@code model.json}
   * @param metrics of the training
   * @throws io.millrace.pipeline.CannotException if there is no readable model
   */
  public static List<Fact> of(URI root, Map<String, Object> contents, Map<String, Object> metrics) {
    return rows(Model.open(root), contents, metrics);
  }

  static List<Fact> rows(Model model, Map<String, Object> contents, Map<String, Object> metrics) {
    List<Fact> rows = new ArrayList<>();
    InputShape input = model.input();
    Blueprint blueprint = model.blueprint();
    rows.add(new Fact("architecture", architecture(contents.get("architecture"))));
    rows.add(
        new Fact(
            "parameters",
            Amounts.count(blueprint.weightCount())
                + ", "
                + Amounts.decimal(blueprint.multiplyAdds() / MILLION, 1)
                + " million multiply-adds an image"));
    rows.add(
        new Fact(
            "input",
            "%d x %d pixels, %s%s"
                .formatted(
                    input.height(),
                    input.width(),
                    input.channels() == 1 ? "grey" : "colour",
                    model.resize() == 0
                        ? ""
                        : ", cut from the middle of pictures whose shorter side is resized to "
                            + model.resize())));
    rows.add(gives(model, blueprint));
    rows.add(
        new Fact(
            "normalised by",
            "mean " + ValueText.of(model.mean()) + "; deviation " + ValueText.of(model.std())));
    rows.add(origin(contents, metrics));
    rows.add(
        new Fact(
            "engine",
            model.engine().isEmpty()
                ? "none of its own: evaluate and predict take an engine"
                : model.engine()));
    return rows;
  }

  private static Fact gives(Model model, Blueprint blueprint) {
    if (!model.features().isEmpty()) {
      return new Fact(
          "gives",
          "%s features of a picture, the output of %s; no classes"
              .formatted(
                  Amounts.count(blueprint.shape(model.features()).size()), model.features()));
    }
    List<String> names = model.classNames().stream().map(ValueText::name).toList();
    return new Fact("classes", names.size() + ": " + ValueText.list(names));
  }

  /** Its training; for an imported model, the file. */
  private static Fact origin(Map<String, Object> contents, Map<String, Object> metrics) {
    if (contents.get("provenance") instanceof Map<?, ?> provenance
        && provenance.get(IMPORTED) instanceof Map<?, ?> file) {
      return new Fact("weights", file.get("file") + ", SHA-256 " + file.get("sha256"));
    }
    return new Fact("training", training(metrics));
  }

  /** The name, then its settings. */
  private static String architecture(Object described) {
    return ValueText.of(described).replaceFirst("^name ", "");
  }

  private static String training(Map<String, Object> metrics) {
    List<String> parts = new ArrayList<>();
    if (metrics.get("epochs") instanceof Number epochs) {
      parts.add(Amounts.count(epochs.longValue(), "epoch"));
    }
    if (metrics.get("loss") instanceof Number loss) {
      parts.add("loss " + Amounts.decimal(loss.doubleValue(), 3) + " nats in the last");
    }
    if (metrics.get("validation-accuracy") instanceof Number accuracy) {
      parts.add("validation accuracy " + Amounts.percent(accuracy.doubleValue()));
    }
    if (metrics.get("images-per-second") instanceof Number speed) {
      parts.add(Amounts.rate(speed.doubleValue(), "images"));
    }
    return String.join(", ", parts);
  }
}
