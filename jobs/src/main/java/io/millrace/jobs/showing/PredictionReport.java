package io.millrace.jobs.showing;

import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.predict.Predicted;
import io.millrace.jobs.predict.Predicted.ClassCount;
import io.millrace.jobs.predict.Predicted.SizeCount;
import io.millrace.jobs.predict.Prediction;
import io.millrace.jobs.terminal.TextTable;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a prediction comes to, for programs and for people. */
public record PredictionReport(Model model, Predicted predicted, double seconds) {
  private static final int CLASSES_SHOWN = 10;
  private static final int SIZES_SHOWN = 3;
  private static final int SIZES_IN_JSON = 100;

  /** That some files could not be read, if so. */
  public Optional<String> unreadable() {
    long files = predicted.files() - predicted.predicted();
    return files == 0
        ? Optional.empty()
        : Optional.of(
            "Cannot read %s of %s: %s; their lines in %s say so"
                .formatted(
                    Amounts.count(files),
                    Amounts.count(predicted.files(), "file"),
                    Prediction.reasons(predicted),
                    Places.text(predicted.output())));
  }

  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(classes());
    if (predicted.resized() > 0) {
      text.append(
          "resized to %s: %s, from %s%n"
              .formatted(size(predicted.input()), Amounts.count(predicted.resized()), sizes()));
    }
    long unreadable = predicted.files() - predicted.predicted();
    if (unreadable > 0) {
      text.append(
          "not readable: %s of %s, %s%n"
              .formatted(
                  Amounts.count(unreadable),
                  Amounts.count(predicted.files(), "file"),
                  Prediction.reasons(predicted)));
    }
    return text.append(
            "%s in %s (%s)%n"
                .formatted(
                    Amounts.count(predicted.predicted(), "picture"),
                    Places.text(predicted.output()),
                    Amounts.seconds(seconds)))
        .toString();
  }

  private String classes() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("class", "pictures", "share"));
    for (ClassCount one : predicted.classes().stream().limit(CLASSES_SHOWN).toList()) {
      rows.add(
          List.of(
              one.name(),
              Amounts.count(one.pictures()),
              Amounts.percent((double) one.pictures() / predicted.predicted())));
    }
    int more = predicted.classes().size() - CLASSES_SHOWN;
    return TextTable.table(rows)
        + (more > 0 ? "and %s more classes%n".formatted(Amounts.count(more)) : "");
  }

  private String sizes() {
    List<SizeCount> all = predicted.sizes();
    String some =
        all.stream()
            .limit(SIZES_SHOWN)
            .map(it -> it.width() + "x" + it.height() + " (" + Amounts.count(it.pictures()) + ")")
            .collect(Collectors.joining(", "));
    int more = all.size() - SIZES_SHOWN;
    return more > 0 ? some + " and " + Amounts.count(more) + " other sizes" : some;
  }

  private static String size(InputShape input) {
    return input.width() + "x" + input.height();
  }

  /** All of it in one object; {@code outcome} is {@code failed} where there is a failure. */
  public Map<String, Object> json(Optional<String> failure) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("outcome", failure.isPresent() ? "failed" : "succeeded");
    failure.ifPresent(why -> json.put("error", why));
    json.put("seconds", seconds);
    json.put("output", Places.text(predicted.output()));
    json.put("model", Places.text(model.root()));
    json.put("model-digest", model.digest());
    json.put("files", predicted.files());
    json.put("predicted", predicted.predicted());
    json.put("unreadable", predicted.files() - predicted.predicted());
    json.put("resized", predicted.resized());
    InputShape input = predicted.input();
    json.put("input", List.of(input.channels(), input.height(), input.width()));
    json.put("classes", predicted.classes().stream().map(PredictionReport::json).toList());
    json.put(
        "sizes",
        predicted.sizes().stream().limit(SIZES_IN_JSON).map(PredictionReport::json).toList());
    json.put("reasons", predicted.unreadable().stream().map(PredictionReport::json).toList());
    return json;
  }

  private static Map<String, Object> json(ClassCount one) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("label", one.label());
    json.put("class", one.name());
    json.put("pictures", one.pictures());
    return json;
  }

  private static Map<String, Object> json(SizeCount one) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("height", one.height());
    json.put("width", one.width());
    json.put("pictures", one.pictures());
    return json;
  }

  private static Map<String, Object> json(Predicted.ReasonCount one) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("reason", one.reason());
    json.put("files", one.files());
    json.put("first", one.first());
    return json;
  }
}
