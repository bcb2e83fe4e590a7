package io.millrace.jobs.evaluate;

import io.millrace.jobs.engine.Network;
import io.millrace.jobs.feed.Feed;
import io.millrace.jobs.feed.Minibatch;
import io.millrace.jobs.feed.View;
import io.millrace.jobs.train.Model;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Predicts a view on Spark, each task a run of minibatches.
 *
 * @param model whose normalisation the pictures get
 * @param view the pictures
 * @param batch images in a minibatch
 * @param topK 1..classes
 * @param listed how many mistakes and least sure to keep
 * @param threads native threads of a task
 */
record Evaluator(Model model, View view, int batch, int topK, int listed, int threads)
    implements Serializable {

  /**
   * The tally of the whole view: the same for any number of tasks, in whatever order they end.
   *
   * @throws CannotException if a shard, the model or a picture can't be used
   */
  Tally tally(JavaSparkContext spark, JobContext.Progress progress) {
    Tally whole = empty();
    List<Span> spans = Span.of(view.size(), batch, spark.defaultParallelism());
    RDD<Span> work = spark.parallelize(spans, spans.size()).rdd();
    ClassTag<Tally> tag = ClassTag$.MODULE$.apply(Tally.class);
    try {
      spark.sc().runJob(work, new Prediction(this), new Collection(whole, spans, progress), tag);
    } catch (Exception e) {
      throw cause(e);
    }
    return whole;
  }

  private Tally empty() {
    return new Tally(model.classNames().size(), topK, listed);
  }

  private Tally tally(Span span, Network network) {
    Tally tally = empty();
    try (Feed feed =
        Feed.inOrder(view, model.input(), model.normaliser(), span.from(), span.to(), batch)) {
      long position = span.from();
      while (feed.hasNext()) {
        Minibatch minibatch = feed.next();
        tally.add(position, minibatch, network.predict(minibatch));
        position += minibatch.size();
      }
    }
    return tally;
  }

  /** What a task met, rather than Spark's account of the task that met it. */
  private static RuntimeException cause(Exception failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof CannotException cannot) {
        return cannot;
      }
    }
    return new IllegalStateException("Cannot evaluate: " + failure.getMessage(), failure);
  }

  /** The work of a task; on the executor. */
  private static final class Prediction extends AbstractFunction1<Iterator<Span>, Tally>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Evaluator evaluator;

    Prediction(Evaluator evaluator) {
      this.evaluator = evaluator;
    }

    @Override
    public Tally apply(Iterator<Span> spans) {
      Tally tally = evaluator.empty();
      try (Network network = evaluator.model.network(evaluator.threads)) {
        while (spans.hasNext()) {
          tally.merge(evaluator.tally(spans.next(), network));
        }
      }
      return tally;
    }
  }

  /** Takes each task's tally as it arrives; on the driver, one at a time. */
  private static final class Collection extends AbstractFunction2<Object, Tally, BoxedUnit> {
    private final Tally whole;
    private final List<Span> spans;
    private final JobContext.Progress progress;

    Collection(Tally whole, List<Span> spans, JobContext.Progress progress) {
      this.whole = whole;
      this.spans = spans;
      this.progress = progress;
    }

    @Override
    public BoxedUnit apply(Object partition, Tally tally) {
      whole.merge(tally);
      progress.advance(spans.get((Integer) partition).images());
      return BoxedUnit.UNIT;
    }
  }
}
