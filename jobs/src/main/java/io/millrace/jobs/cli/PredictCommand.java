package io.millrace.jobs.cli;

import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.predict.Destination;
import io.millrace.jobs.predict.Predicted;
import io.millrace.jobs.predict.Prediction;
import io.millrace.jobs.showing.PredictionReport;
import io.millrace.jobs.terminal.Elapsed;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.ProgressLines;
import io.millrace.jobs.terminal.Screen;
import io.millrace.jobs.terminal.ToldContext;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Places;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace predict --model M --path DIR --output FILE.csv|DIR}. */
final class PredictCommand implements Command {
  private static final String MODEL = "--model";
  private static final String PATH = "--path";
  private static final String OUTPUT = "--output";
  private static final String TOP = "--top";
  private static final String BATCH = "--batch";
  private static final String ENGINE = "--engine";
  private static final String OVERWRITE = "--overwrite";
  private static final String STRICT = "--strict";

  /** The same as the default of an evaluation. */
  private static final String USUAL_TOP = "5";

  /** Smaller than an evaluation's, so that a folder of a few hundred pictures uses all cores. */
  private static final String USUAL_BATCH = "64";

  @Override
  public String name() {
    return "predict";
  }

  @Override
  public String summary() {
    return "Label a folder of pictures with a model; the labels are CSV or Parquet.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            summary()
                + " Every file gets one line id,label,class,probability,top-k,error, in the order"
                + " of folders and names; the id is the path within the folder. A file that can't"
                + " be read has label -1 and the reason as error. Pictures that are not of the"
                + " model's size are scaled by their shorter side and cropped at the centre.",
            "millrace predict --model models/cifar10 --path pictures --output labels.csv",
            "millrace predict --model models/cifar10 --path pictures --output labels --top 3"
                + " --strict");
    spec.addOption(
        Options.valued(
            MODEL,
            "DIR",
            "The model's folder: artifact in a run's JSON, or the --output of train (required)."));
    spec.addOption(
        Options.valued(
            PATH,
            "DIR",
            "A folder of pictures, with all folders in it, or one picture (required)."));
    spec.addOption(
        Options.valued(
            OUTPUT,
            "FILE.csv|DIR",
            "A CSV file if the name ends in .csv, else a folder of Parquet (required)."));
    spec.addOption(
        Options.valued(
            TOP, "K", "At most K classes are listed in top-k (default: " + USUAL_TOP + ")."));
    spec.addOption(
        Options.valued(
            BATCH,
            "N",
            "How many pictures are predicted at once; fewer take less memory (default: "
                + USUAL_BATCH
                + ")."));
    spec.addOption(
        Options.valued(
            ENGINE,
            "NAME",
            "The deep-learning engine (default: the one that the model was trained with)."));
    spec.addOption(Options.switched(OVERWRITE, "Replace the output if it exists."));
    spec.addOption(
        Options.switched(
            STRICT, "End with status 1 if a file can't be read; the output is still written."));
    Options.spark().forEach(spec::addOption);
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    OutputMode outputMode = OutputMode.of(parsed);
    Map<String, String> settings = Options.settings(parsed);
    List<Problem> problems = new ArrayList<>();
    Optional<URI> place = present(parsed, MODEL, problems);
    Optional<URI> pictures = present(parsed, PATH, problems);
    String output = parsed.matchedOptionValue(OUTPUT, "");
    if (output.isBlank()) {
      problems.add(
          new Problem(OUTPUT, "must be given: a file that ends in .csv, or a folder for Parquet"));
    }
    int top = number(parsed, TOP, USUAL_TOP, problems);
    int batch = number(parsed, BATCH, USUAL_BATCH, problems);
    Optional<String> engine = Optional.ofNullable(parsed.matchedOptionValue(ENGINE, null));
    engine.flatMap(Engines::refusal).ifPresent(why -> problems.add(new Problem(ENGINE, why)));
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    long start = System.nanoTime();
    Model model = Model.open(place.orElseThrow()).on(engine);
    Prediction prediction = new Prediction(model, pictures.orElseThrow(), top, batch);
    Predicted predicted;
    boolean overwrite = parsed.hasMatchedOption(OVERWRITE);
    try (ProgressLines lines = ProgressLines.on(screen, outputMode);
        Destination destination = Destination.open(Places.uri(output), overwrite, settings)) {
      SparkLog log = SparkLog.in(destination.logFolder());
      try (log) {
        predicted = prediction.into(destination, settings, new ToldContext(lines));
      }
    }
    double seconds = Elapsed.secondsSince(start);
    PredictionReport report = new PredictionReport(model, predicted, seconds);
    Optional<String> failure =
        parsed.hasMatchedOption(STRICT) ? report.unreadable() : Optional.empty();
    screen.out().print(outputMode.json() ? JsonText.pretty(report.json(failure)) : report.text());
    failure.ifPresent(screen.err()::println);
    return failure.isPresent() ? Status.FAILED : Status.DONE;
  }

  private static Optional<URI> present(ParseResult parsed, String option, List<Problem> problems) {
    String text = parsed.matchedOptionValue(option, "");
    if (text.isBlank()) {
      problems.add(
          new Problem(
              option,
              "must be given: "
                  + (option.equals(MODEL) ? "the folder of a model" : "a folder of pictures")));
      return Optional.empty();
    }
    URI place = Places.uri(text);
    if (place.getScheme().equals("file") && Files.notExists(Path.of(place))) {
      problems.add(
          new Problem(option, "'" + text + "' is not there (looked for " + Path.of(place) + ")"));
      return Optional.empty();
    }
    return Optional.of(place);
  }

  private static int number(
      ParseResult parsed, String option, String usual, List<Problem> problems) {
    String text = parsed.matchedOptionValue(option, usual);
    if (!text.matches("[1-9]\\d{0,4}")) {
      problems.add(new Problem(option, "'" + text + "' is not a whole number from 1 to 99,999"));
      return 1;
    }
    return Integer.parseInt(text);
  }
}
