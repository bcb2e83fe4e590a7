package io.millrace.jobs.spark;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;

/**
 * The newest round of this driver's trainings, as gauges of Spark's metrics system under the name
 * {@code millrace}: every sink that is configured shows them. Before the first round all are 0.
 */
public final class TrainingGauges implements Source {
  private static final String NAME = "millrace";
  private static volatile Figures last = new Figures(0, 0, 0, 0);

  private final MetricRegistry registry = new MetricRegistry();

  /**
   * The last round's.
   *
   * @param imagesPerSecond of all workers together
   * @param roundSeconds from the broadcast of the state to the averaged one
   * @param waitingShare of the workers' time, 0..1, that they waited for their feeds
   * @param averagingShare of the round, 0..1, that averaging on the driver took
   */
  public record Figures(
      double imagesPerSecond, double roundSeconds, double waitingShare, double averagingShare) {}

  private TrainingGauges() {
    registry.register("imagesPerSecond", gauge(() -> last.imagesPerSecond()));
    registry.register("roundSeconds", gauge(() -> last.roundSeconds()));
    registry.register("waitingShare", gauge(() -> last.waitingShare()));
    registry.register("averagingShare", gauge(() -> last.averagingShare()));
  }

  private static Gauge<Double> gauge(Gauge<Double> value) {
    return value;
  }

  /** Adds them to the application of this process. */
  static TrainingGauges register() {
    last = new Figures(0, 0, 0, 0);
    TrainingGauges gauges = new TrainingGauges();
    SparkEnv.get().metricsSystem().registerSource(gauges);
    return gauges;
  }

  /** Takes them away again, if the application is still there. */
  void unregister() {
    SparkEnv here = SparkEnv.get();
    if (here != null) {
      here.metricsSystem().removeSource(this);
    }
  }

  /** Shows these from now on. */
  public static void show(Figures figures) {
    last = figures;
  }

  @Override
  public String sourceName() {
    return NAME;
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }
}
