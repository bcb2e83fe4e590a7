package io.millrace.jobs.importing;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.stats.Statistics;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Variant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The statistics that the trainer of the weights normalised pictures by. */
public sealed interface GivenStatistics {
  /**
   * Mean and standard deviation of each channel, on the 0..1 scale.
   *
   * @param channels that the network takes; one number counts for all
   * @throws io.millrace.pipeline.CannotException if an artifact can't be read
   */
  ChannelValues of(int channels);

  /** What is wrong with them, as far as the configuration alone shows it. */
  default Optional<String> problem() {
    return Optional.empty();
  }

  /** One value a channel. */
  record ChannelValues(List<Double> mean, List<Double> std) {}

  /** Those of ImageNet's training pictures that torchvision uses. */
  @Variant(
      value = "imagenet",
      summary = "Mean and deviation of ImageNet, as torchvision and most of timm use them.",
      example = "statistics = imagenet")
  record OfImageNet() implements GivenStatistics {
    private static final ChannelValues COLOUR =
        new ChannelValues(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

    @Override
    public ChannelValues of(int channels) {
      return COLOUR;
    }
  }

  /** Values as they are. */
  @Variant(
      value = "values",
      unnamed = true,
      summary = "Mean and deviation as numbers; also without the word values.",
      example = "statistics { values { mean = [0.4980392], std = [0.5019608] } }")
  record Values(
      @Key(value = "mean of each channel on the 0..1 scale, or one of all", min = 0, max = 1)
          List<Double> mean,
      @Key(
              value = "standard deviation of each channel on the 0..1 scale, or one of all",
              min = 1e-6)
          List<Double> std)
      implements GivenStatistics {
    @Override
    public ChannelValues of(int channels) {
      return new ChannelValues(each(mean, channels), each(std, channels));
    }

    @Override
    public Optional<String> problem() {
      return isEach(mean) && isEach(std)
          ? Optional.empty()
          : Optional.of("give mean and std one number each, or one for each of 3 channels");
    }

    private static boolean isEach(List<Double> values) {
      return values.size() == 1 || values.size() == 3;
    }

    private static List<Double> each(List<Double> values, int channels) {
      return values.size() == 1 ? Collections.nCopies(channels, values.get(0)) : values;
    }
  }

  /** Those of a dataset. */
  @Variant(
      value = "measured",
      unnamed = true,
      summary = "Those of an artifact of stats; also as the path or reference alone.",
      example = "statistics { measured = \"@stats\" }")
  record Measured(
      @Key(value = "the statistics: an artifact of stats", of = Statistics.KIND) Location artifact)
      implements GivenStatistics {
    @Override
    public ChannelValues of(int channels) {
      Statistics statistics = Statistics.open(JobFiles.uri(artifact.text()));
      return new ChannelValues(statistics.mean(), statistics.std());
    }
  }
}
