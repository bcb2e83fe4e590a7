package io.millrace.jobs.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.millrace.jobs.loss.Measures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a training went, as {@code record.json} holds it. The measures of a round or an epoch are
 * written beside its other fields, by their names; those of a validation with the prefix {@code
 * validation-}.
 *
 * @param rounds all rounds so far
 * @param epochs all finished epochs
 */
public record TrainingRecord(List<Round> rounds, List<Epoch> epochs) {
  /** Its file in the model's artifact. */
  public static final String FILE = "record.json";

  /** Before the first round. */
  public static TrainingRecord empty() {
    return new TrainingRecord(new ArrayList<>(), new ArrayList<>());
  }

  /** The means of the measures over the examples of an epoch, counted from 1. */
  public Map<String, Double> measures(int epoch) {
    Map<String, Double> sums = new LinkedHashMap<>();
    long examples = 0;
    for (Round round : rounds) {
      if (round.epoch() == epoch) {
        long own = round.examples();
        round.measures().forEach((name, mean) -> sums.merge(name, mean * own, Double::sum));
        examples += own;
      }
    }
    return new Measures(examples, sums).means();
  }

  /** The number of an epoch's last round. */
  int lastRound(int epoch) {
    return rounds.stream()
        .filter(round -> round.epoch() == epoch)
        .mapToInt(Round::round)
        .max()
        .orElseThrow();
  }

  /** The seconds of an epoch, with its checkpoints and validation. */
  double seconds(Epoch epoch) {
    double seconds = epoch.validationSeconds();
    for (Round round : rounds) {
      if (round.epoch() == epoch.epoch()) {
        seconds += round.seconds() + (round.times() == null ? 0 : round.times().checkpoint());
      }
    }
    return seconds;
  }

  /** The means of a measure by round; NaN where it is not there. */
  public double[] means(String measure) {
    return rounds.stream()
        .mapToDouble(round -> round.measures().getOrDefault(measure, Double.NaN))
        .toArray();
  }

  /**
   * The same as a smoothed curve, see {@link Curve#smoothed}.
   *
   * @param total rounds that there will be in the end
   */
  public double[] smoothed(String measure, int total) {
    return new Curve(learningRates(), means(measure)).smoothed(total).y();
  }

  /** The learning rate of each round's last step. */
  public double[] learningRates() {
    return rounds.stream().mapToDouble(Round::learningRate).toArray();
  }

  /** Examples a second over all rounds. */
  public double examplesPerSecond() {
    long examples = rounds.stream().mapToLong(Round::examples).sum();
    return examples / rounds.stream().mapToDouble(Round::seconds).sum();
  }

  /**
   * One round.
   *
   * @param epoch counted from 1
   * @param round of the whole training, counted from 1
   * @param examples that all workers fitted; {@code images} in the file
   * @param measures means over these examples, each before its step, in training mode, by name
   * @param learningRate of the last step
   * @param momentum of the last step
   * @param seconds wall time, with averaging
   * @param workerExamplesPerSecond of each worker's own steps; {@code worker-images-per-second} in
   *     the file
   * @param times where the time went; null in records of older versions
   */
  public record Round(
      int epoch,
      int round,
      long examples,
      Map<String, Double> measures,
      double learningRate,
      double momentum,
      double seconds,
      List<Double> workerExamplesPerSecond,
      RoundTimes times) {
    /** Copies the collections. */
    public Round {
      measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
      workerExamplesPerSecond = List.copyOf(workerExamplesPerSecond);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Round read(Map<String, Object> json) {
      Fields fields = new Fields(json);
      int epoch = fields.whole("epoch");
      int round = fields.whole("round");
      long examples = fields.whole("images");
      double learningRate = fields.number("learning-rate");
      double momentum = fields.number("momentum");
      double seconds = fields.number("seconds");
      List<Double> speeds = fields.numbers("worker-images-per-second");
      RoundTimes times = fields.times("times");
      return new Round(
          epoch,
          round,
          examples,
          fields.measures(),
          learningRate,
          momentum,
          seconds,
          speeds,
          times);
    }

    @JsonValue
    Map<String, Object> write() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("epoch", epoch);
      json.put("round", round);
      json.put("images", examples);
      json.putAll(measures);
      json.put("learning-rate", learningRate);
      json.put("momentum", momentum);
      json.put("seconds", seconds);
      json.put("worker-images-per-second", workerExamplesPerSecond);
      if (times != null) {
        json.put("times", times);
      }
      return json;
    }

    Round withCheckpoint(double checkpointSeconds) {
      return new Round(
          epoch,
          round,
          examples,
          measures,
          learningRate,
          momentum,
          seconds,
          workerExamplesPerSecond,
          times == null ? null : times.withCheckpoint(checkpointSeconds));
    }
  }

  /**
   * One epoch.
   *
   * @param epoch counted from 1
   * @param measures means over its training examples, each before its step, by name
   * @param validation means over the validation's examples, by name; empty if there are none
   * @param validationSeconds wall time of the validation; 0 if there was none
   */
  public record Epoch(
      int epoch,
      Map<String, Double> measures,
      Map<String, Double> validation,
      double validationSeconds) {
    private static final String VALIDATION = "validation-";
    private static final String SECONDS = VALIDATION + "seconds";

    /** Copies the maps. */
    public Epoch {
      measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
      validation = Collections.unmodifiableMap(new LinkedHashMap<>(validation));
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Epoch read(Map<String, Object> json) {
      Fields fields = new Fields(json);
      int epoch = fields.whole("epoch");
      double seconds = fields.number(SECONDS);
      Map<String, Double> training = new LinkedHashMap<>();
      Map<String, Double> validation = new LinkedHashMap<>();
      fields
          .measures()
          .forEach(
              (name, mean) -> {
                if (name.startsWith(VALIDATION)) {
                  validation.put(name.substring(VALIDATION.length()), mean);
                } else {
                  training.put(name, mean);
                }
              });
      return new Epoch(epoch, training, validation, seconds);
    }

    @JsonValue
    Map<String, Object> write() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("epoch", epoch);
      json.putAll(measures);
      validation.forEach((name, mean) -> json.put(VALIDATION + name, mean));
      if (!validation.isEmpty()) {
        json.put(SECONDS, validationSeconds);
      }
      return json;
    }
  }
}
