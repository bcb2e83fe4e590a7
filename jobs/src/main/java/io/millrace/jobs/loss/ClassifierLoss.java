package io.millrace.jobs.loss;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/**
 * What a training of a classifier minimises, as configured: {@code loss { focal { gamma = 2 } }}.
 * Validation and evaluation measure plain cross-entropy with any of them.
 */
public sealed interface ClassifierLoss {
  /**
   * The loss over so many classes.
   *
   * @throws IllegalArgumentException if its keys don't fit them; the message says why
   */
  Loss over(int classes);

  /** Cross-entropy, as {@code torch.nn.CrossEntropyLoss} of targets that are probabilities. */
  @Variant(
      value = "cross-entropy",
      summary = "Cross-entropy, as torch.nn.CrossEntropyLoss of probabilities.",
      example = "loss { cross-entropy { label-smoothing = 0.1 } }")
  record Entropy(
      @Key(
              value = "share of each target that is spread evenly over all classes",
              or = "0",
              min = 0,
              max = 1)
          double labelSmoothing,
      @Key(
              value =
                  "what the loss of each class is multiplied by, in the order of the labels, e.g."
                      + " [1, 2.5]; 1 for each if not given",
              or = "[]",
              min = 0)
          List<Double> classWeights)
      implements ClassifierLoss {
    @Override
    public Loss over(int classes) {
      if (!classWeights.isEmpty() && classWeights.size() != classes) {
        throw new IllegalArgumentException(
            "loss.cross-entropy.class-weights has %d numbers and the dataset %d classes; give one for each class"
                .formatted(classWeights.size(), classes));
      }
      return labelSmoothing == 0 && classWeights.isEmpty()
          ? new CrossEntropy(classes)
          : new WeightedCrossEntropy(classes, labelSmoothing, classWeights);
    }
  }

  /** Focal loss (Lin et al. 2017, "Focal loss for dense object detection"), of a softmax. */
  @Variant(
      value = "focal",
      summary = "Focal loss (Lin et al. 2017): pictures that are recognised well count for less.",
      example = "loss { focal { gamma = 2 } }")
  record Focal(
      @Key(value = "how much less they count; 0 is cross-entropy", or = "2", min = 0) double gamma)
      implements ClassifierLoss {
    @Override
    public Loss over(int classes) {
      return gamma == 0 ? new CrossEntropy(classes) : new FocalLoss(classes, gamma);
    }
  }
}
