package io.millrace.jobs.evaluate;

import io.millrace.jobs.engine.Network;
import io.millrace.jobs.feed.Feed;
import io.millrace.jobs.feed.Span;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.sampling.View;
import io.millrace.jobs.spark.SparkTasks;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.transform.TestTimeForm;
import io.millrace.pipeline.job.JobContext;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Predicts a view on Spark; each task predicts consecutive minibatches.
 *
 * @param model whose normalisation is applied to the pictures
 * @param view the pictures
 * @param classes the dataset's among the model's
 * @param forms of each picture, whose predictions are averaged
 * @param batch images in a minibatch
 * @param topK 1..classes
 * @param listed how many mistakes and least certain predictions to keep
 * @param threads native threads of a task
 */
record Evaluator(
    Model model,
    View view,
    ClassMatch classes,
    List<TestTimeForm> forms,
    int batch,
    int topK,
    int listed,
    int threads)
    implements Serializable {

  /**
   * The tally of the whole view: the same for any number of tasks in any order.
   *
   * @throws io.millrace.pipeline.CannotException if a shard, the model or a picture can't be used
   */
  Tally tally(JavaSparkContext spark, JobContext.Progress progress) {
    List<Span> spans = Span.of(view.size(), batch, spark.defaultParallelism());
    List<Part> parts =
        SparkTasks.run(
            spark, "evaluate", spans, this::part, part -> progress.advance(part.span().images()));
    Tally whole = empty();
    parts.forEach(part -> whole.merge(part.tally()));
    return whole;
  }

  private Tally empty() {
    return new Tally(model.classNames().size(), topK, listed);
  }

  private Part part(Span span) {
    Tally tally = empty();
    MeanOfForms mean = new MeanOfForms(forms.size(), span.images(), model.classNames().size());
    try (Network network = model.network(threads)) {
      for (TestTimeForm form : forms) {
        pass(span, form, network, mean, tally);
      }
      return new Part(span, tally);
    }
  }

  /** One form at a time, so that it takes no more memory than without forms. */
  private void pass(Span span, TestTimeForm form, Network network, MeanOfForms mean, Tally tally) {
    mean.beginForm();
    long position = span.from();
    try (Feed feed =
        Feed.inOrder(
            view, model.input(), model.normaliser(), form, span.from(), span.to(), batch)) {
      while (feed.hasNext()) {
        Minibatch minibatch = feed.next();
        Optional<float[]> probabilities = mean.after(network.predict(minibatch, model.loss()));
        if (probabilities.isPresent()) {
          tally.add(position, classes.of(minibatch), probabilities.get());
        }
        position += minibatch.size();
      }
    }
  }

  /** A task's result. */
  private record Part(Span span, Tally tally) implements Serializable {}
}
