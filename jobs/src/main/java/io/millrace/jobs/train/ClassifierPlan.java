package io.millrace.jobs.train;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.feed.ImageExamples;
import java.util.List;

/**
 * The plan of a classifier's training, with the data that only classifiers of images have.
 *
 * @param plan of the training
 * @param examples of each phase
 * @param network of the last phase, which becomes the model
 */
record ClassifierPlan(TrainingPlan plan, List<ImageExamples> examples, Blueprint network) {
  /** The images of the first phase. */
  ImageExamples first() {
    return examples.get(0);
  }

  /** The images of the last phase. */
  ImageExamples last() {
    return examples.get(examples.size() - 1);
  }
}
