package io.millrace.jobs.init;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Recognition;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was found and decided, as sentences for the user. */
final class Remarks {
  private static final int NAMED = 6;
  private static final int LONGEST_NAME = 30;

  private Remarks() {}

  static List<String> of(Draft draft) {
    Survey survey = draft.survey();
    List<String> lines = new ArrayList<>();
    String found = survey.recognition().found();
    lines.add(
        found.substring(0, 1).toUpperCase(Locale.ROOT)
            + found.substring(1)
            + " (format = "
            + survey.recognition().format()
            + ").");
    if (!survey.counts().isEmpty()) {
      lines.add(pictures(survey) + classes(survey.classes()));
    }
    survey.sizes().ifPresent(sizes -> lines.add(sizes(draft, sizes)));
    String left = survey.recognition().keys().get(Recognition.LEAVE_OUT);
    if (left != null) {
      boolean listed = survey.recognition().keys().containsKey("labels.csv");
      lines.add(
          (listed
                  ? "Left out, since no file of labels has an image in it: "
                  : "Left out, since the layout does not include it: ")
              + left
              + ".");
    }
    survey.recognition().choices().stream()
        .map(Recognition.Choice::why)
        .filter(why -> !why.isEmpty())
        .forEach(lines::add);
    lines.addAll(survey.notices());
    if (survey.damaged() > 0) {
      lines.add(
          "About "
              + Amounts.percent(survey.damaged())
              + " of the examined files are not pictures, or not whole ones: ingest quarantines them"
              + " with a reason for each.");
    }
    draft
        .training()
        .ifPresentOrElse(
            training -> lines.addAll(training(training)),
            () -> lines.add("Nothing is trained: " + draft.untrained() + "."));
    return lines;
  }

  private static String pictures(Survey survey) {
    List<String> splits = new ArrayList<>();
    for (Map.Entry<Split, Survey.Count> split : survey.counts().entrySet()) {
      Survey.Count count = split.getValue();
      String labels = count.labelled() == 0 ? ", without labels" : "";
      long readable = survey.readable(count);
      String files =
          readable == count.pictures() || count.more()
              ? count.toString()
              : "about " + Amounts.count(readable) + " among " + count + " files";
      splits.add(files + " in " + split.getKey().text() + labels);
    }
    return "Pictures: " + String.join("; ", splits) + ".";
  }

  private static String classes(List<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    List<String> some =
        names.stream()
            .limit(NAMED)
            .map(it -> it.length() > LONGEST_NAME ? it.substring(0, LONGEST_NAME) + "..." : it)
            .toList();
    String number = names.size() == 1 ? " 1 class: " : " " + names.size() + " classes: ";
    return number + String.join("; ", some) + (names.size() > NAMED ? "; ..." : "") + ".";
  }

  private static String sizes(Draft draft, MeasuredSizes sizes) {
    String of =
        sizes.isOne()
            ? "All of " + sizes.least() + " pixels"
            : "Heights of %s to %s, widths of %s to %s pixels"
                .formatted(
                    Amounts.count(sizes.least().height()),
                    Amounts.count(sizes.most().height()),
                    Amounts.count(sizes.least().width()),
                    Amounts.count(sizes.most().width()));
    String seen =
        sizes.all() ? "" : " in " + Amounts.count(sizes.measured()) + " examined pictures";
    String made = draft.resize().map(it -> "; resized by resize " + it).orElse("");
    return of + (draft.gray() ? ", grey" : ", colour") + seen + made + ".";
  }

  private static List<String> training(Training training) {
    Blueprint network = training.fitted().blueprint();
    return List.of(
        "Network: %s, %s, for %dx%d pixels; trained on split %s."
            .formatted(
                training.fitted().text(),
                Amounts.count(network.weightCount(), "weight"),
                network.shape(Blueprint.IMAGES).height(),
                network.shape(Blueprint.IMAGES).width(),
                training.split().text()),
        training.evaluated().isPresent()
            ? "Evaluated on split " + training.evaluatedText() + "."
            : "There is no split to evaluate on, so "
                + Training.VALIDATION
                + " % of the pictures are held out from training for that.");
  }
}
