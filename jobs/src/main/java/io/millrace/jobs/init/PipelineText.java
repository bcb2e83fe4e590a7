package io.millrace.jobs.init;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.source.Recognition;
import io.millrace.pipeline.text.Amounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a draft as a pipeline file with comments. */
final class PipelineText {
  /** Padding and random cropping move a picture by up to a sixteenth. */
  private static final int SHIFTS = 16;

  private static final int FULL = 100;
  private static final int CHOICES = 8;
  private static final int WIDTH = 100;
  private static final int NOTES_AT = 34;

  private final Draft draft;
  private final Path file;
  private final StringBuilder text = new StringBuilder();

  private PipelineText(Draft draft, Path file) {
    this.draft = draft;
    this.file = file;
  }

  /**
   * @param file to be written, absolute; the workspace is beside it
   */
  static String of(Draft draft, String name, Path file) {
    PipelineText text = new PipelineText(draft, file);
    text.head(name);
    text.shards();
    text.stats();
    draft.training().ifPresent(text::training);
    return text.line("}").text.toString();
  }

  private PipelineText line(String line) {
    text.append(line.stripTrailing()).append('\n');
    return this;
  }

  private void line(String line, String note) {
    line(line + " ".repeat(Math.max(1, NOTES_AT - line.length())) + "# " + note);
  }

  /**
   * A comment, folded. It may contain a user's names, so control characters are replaced: a comment
   * must end with its line.
   */
  private void comment(String words) {
    StringBuilder line = new StringBuilder("#");
    for (String word : words.replaceAll("\\p{Cntrl}", "?").split(" ", -1)) {
      if (line.length() + word.length() >= WIDTH) {
        line(line.toString());
        line = new StringBuilder("#  ");
      }
      line.append(' ').append(word);
    }
    line(line.toString());
  }

  private void head(String name) {
    Survey survey = draft.survey();
    String shown = file.getFileName().toString();
    Remarks.of(draft).forEach(this::comment);
    comment("");
    comment("  millrace plan " + shown);
    comment("  millrace run " + shown);
    if (draft.training().isPresent()) {
      comment("  millrace run " + shown + " --set params.epochs=20");
    }
    line("");
    line("pipeline  = " + ConfigUtil.quoteString(name));
    Path workspace = file.resolveSibling("work").resolve(name);
    line("workspace = " + ConfigUtil.quoteString(workspace.toString()));
    line("");
    line("params {");
    line("  data   = " + ConfigUtil.quoteString(shown(survey.recognition())));
    draft
        .training()
        .ifPresent(
            training -> {
              line("  epochs = " + training.epochs());
              if (training.percent() < FULL) {
                line(
                    "  sample = " + training.percent() + "%",
                    "of the pictures, chosen by the seed");
              }
            });
    line("}").line("").line("stages {");
  }

  private static String shown(Recognition recognition) {
    return JobFiles.shown(recognition.place());
  }

  private void shards() {
    Recognition recognition = draft.survey().recognition();
    List<String> source = new ArrayList<>();
    source.add("format = " + recognition.format());
    source.add("path = ${params.data}");
    for (Map.Entry<String, String> key : recognition.keys().entrySet()) {
      source.add(key.getKey() + " = " + value(key, shown(recognition)));
    }
    boolean sampled = draft.training().filter(it -> it.percent() < FULL).isPresent();
    if (sampled) {
      source.add("sample = ${params.sample}");
    }
    line("  shards {");
    line("    job = ingest");
    line("    source { " + String.join(", ", source) + " }");
    recognition.choices().forEach(choice -> choice(choice, shown(recognition)));
    List<String> images = new ArrayList<>();
    if (draft.gray() && draft.survey().channels() != 1) {
      images.add("channels = 1");
    }
    draft.resize().ifPresent(it -> images.add("resize " + it));
    if (!images.isEmpty()) {
      line("    images { " + String.join(", ", images) + " }");
    }
    if (draft.quarantine() > 0) {
      line(
          "    max-quarantine = " + draft.quarantine() + "%",
          "about "
              + Amounts.percent(draft.survey().damaged())
              + " of the files are not whole pictures");
    }
    line("  }").line("");
  }

  /** An alternative, as a line that a user can uncomment. */
  private void choice(Recognition.Choice choice, String data) {
    String others =
        choice.others().stream()
            .limit(CHOICES)
            .map(other -> value(other, data))
            .collect(Collectors.joining(", "));
    String more = choice.others().size() > CHOICES ? ", ..." : "";
    String either = choice.others().size() == 1 ? "  # or: " : "  # or one of: ";
    line(
        "    # source."
            + choice.key()
            + " = "
            + value(choice.value(), data)
            + (others.isEmpty() ? "" : either + others + more));
  }

  private static String value(Map.Entry<String, String> key, String data) {
    if (key.getKey().equals(Recognition.LEAVE_OUT)) {
      return key.getValue();
    }
    if (key.getKey().equals("labels.csv") && key.getValue().startsWith("[")) {
      return ConfigFactory.parseString("list = " + key.getValue()).getStringList("list").stream()
          .map(each -> value(each, data))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return value(key.getValue(), data);
  }

  /** A path below the data is written relative to it. */
  private static String value(String value, String data) {
    return value.startsWith(data + "/")
        ? "${params.data}" + ConfigUtil.quoteString(value.substring(data.length()))
        : ConfigUtil.quoteString(value);
  }

  private void stats() {
    String split =
        draft.training().map(Training::split).orElseGet(() -> draft.survey().largest()).text();
    line("  stats { job = stats, shards = \"@shards\", split = " + split + " }");
  }

  private void training(Training training) {
    line("");
    line("  model {");
    line(
        "    job = train, shards = \"@shards\", stats = \"@stats\", split = "
            + training.split().text());
    line("    architecture " + training.fitted().text());
    line("    workers = " + training.workers(), "each trains on its own part of every epoch");
    line("    batch = " + training.batch(), "pictures in a minibatch of one worker");
    line(
        "    averaging { every = " + training.every() + " }",
        "minibatches before weights are averaged");
    List<String> augment = augment(training.fitted().blueprint());
    if (!augment.isEmpty()) {
      line("    augment = [" + String.join(", ", augment) + "]");
    }
    line("    schedule { one-cycle { epochs = ${params.epochs}, lr = " + training.rate() + " } }");
    if (training.evaluated().isEmpty()) {
      line(
          "    validation = " + Training.VALIDATION + "%",
          "held out to evaluate on: there is no other split");
    }
    line("    seed = " + training.seed());
    line("  }").line("");
    line("  test {");
    line("    job = evaluate, shards = \"@shards\", stats = \"@stats\", model = \"@model\"");
    line("    portion = " + training.evaluatedText());
    line("  }");
  }

  private List<String> augment(Blueprint network) {
    List<String> chain = new ArrayList<>();
    Shape images = network.shape(Blueprint.IMAGES);
    int side = images.height();
    if (side == images.width() && side >= SHIFTS) {
      chain.add("{ pad-reflect = " + side / SHIFTS + " }");
      chain.add("{ random-crop = " + side + " }");
    }
    if (draft.flips()) {
      chain.add("{ flip = horizontal }");
    }
    return chain;
  }
}
