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
import java.util.SortedMap;
import java.util.TreeMap;
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
    List<Span> spans = Span.of(view.size(), batch, spark.defaultParallelism());
    RDD<Span> work = spark.parallelize(spans, spans.size()).rdd();
    Gathering gathering = new Gathering(empty(), spans, progress);
    ClassTag<Part> tag = ClassTag$.MODULE$.apply(Part.class);
    spark.sc().runJob(work, new Prediction(this), gathering, tag);
    return gathering.whole();
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

  /**
   * What a task brings back.
   *
   * @param tally null if there is a refusal
   * @param refusal what a user must act on; null if there is nothing. Handed over rather than
   *     thrown: Spark would try again what can't go well
   */
  private record Part(Tally tally, CannotException refusal) implements Serializable {}

  /** The work of a task; on the executor. */
  private static final class Prediction extends AbstractFunction1<Iterator<Span>, Part>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Evaluator evaluator;

    Prediction(Evaluator evaluator) {
      this.evaluator = evaluator;
    }

    @Override
    public Part apply(Iterator<Span> spans) {
      Tally tally = evaluator.empty();
      try (Network network = evaluator.model.network(evaluator.threads)) {
        while (spans.hasNext()) {
          tally.merge(evaluator.tally(spans.next(), network));
        }
        return new Part(tally, null);
      } catch (CannotException e) {
        return new Part(null, e);
      }
    }
  }

  /** Takes each task's part as it arrives; on the driver, one at a time. */
  private static final class Gathering extends AbstractFunction2<Object, Part, BoxedUnit> {
    private final Tally whole;
    private final List<Span> spans;
    private final JobContext.Progress progress;
    private final SortedMap<Integer, CannotException> refusals = new TreeMap<>();

    Gathering(Tally whole, List<Span> spans, JobContext.Progress progress) {
      this.whole = whole;
      this.spans = spans;
      this.progress = progress;
    }

    @Override
    public synchronized BoxedUnit apply(Object task, Part part) {
      if (part.refusal() == null) {
        whole.merge(part.tally());
        progress.advance(spans.get((Integer) task).images());
      } else {
        refusals.put((Integer) task, part.refusal());
      }
      return BoxedUnit.UNIT;
    }

    /** All parts together; the first refusal in the order of the pictures if there is one. */
    synchronized Tally whole() {
      if (!refusals.isEmpty()) {
        throw refusals.get(refusals.firstKey());
      }
      return whole;
    }
  }
}
