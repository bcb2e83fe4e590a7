package io.millrace.jobs.evaluate;

import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.model.Origin;
import io.millrace.jobs.sampling.View;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.stats.Statistics;
import io.millrace.jobs.transform.TestTimeForm;
import io.millrace.jobs.transform.TestTimeSet;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.Fact;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.FactsRequest;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaSparkContext;

/** Evaluates a model on a dataset. */
public final class EvaluateJob implements Job<EvaluateParameters> {
  /** Enough for a thousand classes. */
  private static final long SPACE = 4_000_000;

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String makes() {
    return "an evaluation";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public String summary() {
    return "Measure a model on labelled pictures: accuracy, confusion, worst mistakes.";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "millrace evaluate --shards shards/cifar10 --model models/cifar10 --output test",
        "millrace evaluate --shards shards/cifar10 --model models/cifar10 --tta flip --output"
            + " flipped");
  }

  @Override
  public Class<EvaluateParameters> parameters() {
    return EvaluateParameters.class;
  }

  @Override
  public List<Problem> check(EvaluateParameters parameters) {
    return parameters.engine().flatMap(Engines::refusal).stream()
        .map(why -> new Problem("engine", why))
        .toList();
  }

  @Override
  public OptionalLong spaceNeeded(EvaluateParameters parameters) {
    return OptionalLong.of(SPACE);
  }

  /**
   * Writes {@code evaluation.json}. Its digest is that of the figures alone, not of model and data.
   *
   * @throws CannotException if the classes, sizes or statistics do not fit the model, or no picture
   *     has a label
   */
  @Override
  public JobResult run(JobRequest<EvaluateParameters> request, JobContext context)
      throws IOException {
    EvaluateParameters parameters = request.parameters();
    Dataset dataset = Dataset.open(JobFiles.uri(parameters.shards().text()));
    Model model =
        Model.open(JobFiles.uri(parameters.model().text()))
            .on(parameters.engine())
            .withClasses("evaluate the model");
    ClassMatch classes = Fit.classes(model, dataset);
    if (classes.labels().length < model.classNames().size()) {
      context.notice(
          "The dataset has %s of the model's %s classes, matched by their names; the model may predict any of its classes."
              .formatted(
                  Amounts.count(classes.labels().length),
                  Amounts.count(model.classNames().size())));
    }
    if (parameters.stats().isPresent()) {
      String stats = parameters.stats().get().text();
      Fit.checkStatistics(model, Statistics.open(JobFiles.uri(stats)), stats);
    }
    Split in = parameters.portion().split().orElseGet(() -> Fit.validationSplit(model, dataset));
    View view = view(dataset, in, model, parameters.portion());
    parameters
        .tta()
        .problem(model.input().height(), model.input().width())
        .ifPresent(
            why -> {
              throw new CannotException("evaluate the model", why);
            });
    noticeSizes(view, model, parameters.tta(), context);
    Tally tally = tally(request, view, model, classes, context);
    if (tally.unlabelled() > 0) {
      context.notice(
          "%s pictures of split %s have no label and are left out of all figures"
              .formatted(Amounts.count(tally.unlabelled()), parameters.portion().text()));
    }
    if (tally.unlabelled() == view.size()) {
      throw new CannotException(
          "evaluate the model",
          "none of the %s pictures in split %s of dataset %s has a label; give a split with labelled pictures"
              .formatted(
                  Amounts.count(tally.unlabelled()),
                  parameters.portion().text(),
                  JobFiles.shown(dataset.root())));
    }
    Evaluation evaluation = Evaluation.of(tally, model.classNames());
    EvaluationJson.Origin origin =
        new EvaluationJson.Origin(
            model.digest(),
            dataset.digest(),
            parameters.portion().text(),
            in,
            Averaged.of(parameters.tta(), model.input()));
    try (OutputStream out = JobFiles.in(request.staging()).create(EvaluationJson.FILE)) {
      out.write(EvaluationJson.text(evaluation, origin).getBytes(StandardCharsets.UTF_8));
    }
    return result(evaluation);
  }

  private static void noticeSizes(View view, Model model, TestTimeSet tta, JobContext context) {
    if (tta.from(model.input().height()).isPresent() || model.resize() > 0) {
      // Every picture is resized anyway, and the evaluation says so.
      return;
    }
    InputShape first = view.size() == 0 ? model.input() : InputShape.of(view);
    if (first.height() != model.input().height() || first.width() != model.input().width()) {
      context.notice(
          "The first picture is %dx%d and the model takes %dx%d: pictures are resized and cropped at the centre."
              .formatted(
                  first.height(), first.width(), model.input().height(), model.input().width()));
    }
  }

  private static View view(Dataset dataset, Split in, Model model, Portion portion) {
    if (portion.split().isPresent()) {
      Fit.checkSplit(dataset, in);
      return View.whole(dataset, in);
    }
    Origin origin = model.origin();
    View view = View.parts(dataset, in, origin.validation(), origin.seed()).validation();
    Fit.checkValidation(view, origin);
    return view;
  }

  @Override
  public Card card(CardRequest request) throws IOException {
    if (request.artifact().isEmpty()) {
      return Card.EMPTY;
    }
    EvaluationFile file = EvaluationJson.read(request.artifact().get());
    Evaluation evaluation = EvaluationJson.evaluation(file);
    EvaluationJson.Origin origin = EvaluationJson.origin(file);
    return new EvaluationCard(
            evaluation,
            origin.averaged(),
            new VerdictGallery(
                evaluation, origin, Optional.ofNullable(request.inputs().get("shards"))))
        .card();
  }

  @Override
  public Optional<String> contentsFile() {
    return Optional.of(EvaluationJson.FILE);
  }

  @Override
  public List<Fact> facts(FactsRequest request) {
    return EvaluationFacts.rows(request.contents());
  }

  private static Tally tally(
      JobRequest<EvaluateParameters> request,
      View view,
      Model model,
      ClassMatch classes,
      JobContext context) {
    EvaluateParameters parameters = request.parameters();
    Evaluator evaluator =
        new Evaluator(
            model,
            view,
            classes,
            forms(parameters.tta(), model),
            parameters.batch(),
            Math.min(parameters.topK(), model.classNames().size()),
            parameters.worst(),
            parameters.threads());
    JavaSparkContext spark = SharedSpark.context(request, context);
    try (JobContext.Progress progress = context.progress("evaluate", view.size(), "images")) {
      return evaluator.tally(spark, progress);
    }
  }

  /** The forms, of pictures that are resized as the model asks for. */
  private static List<TestTimeForm> forms(TestTimeSet tta, Model model) {
    int side = model.input().height();
    List<TestTimeForm> forms = tta.forms(side, model.input().width());
    return model.resize() == 0
        ? forms
        : forms.stream().map(form -> form.ofResized(model.resize(), side)).toList();
  }

  private static JobResult result(Evaluation evaluation) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", evaluation.accuracy());
    metrics.put("top" + evaluation.topK(), evaluation.topKAccuracy());
    metrics.put("loss", evaluation.loss());
    metrics.put("images", evaluation.images());
    metrics.put("unlabelled", evaluation.unlabelled());
    String headline = "accuracy " + Amounts.percent(evaluation.accuracy());
    return new JobResult(EvaluationJson.digest(evaluation), metrics, headline);
  }
}
