package io.millrace.jobs.train;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.catalogue.Linear;
import io.millrace.jobs.architecture.catalogue.ResNet;
import io.millrace.jobs.averaging.Rounds;
import io.millrace.jobs.averaging.TrainingPhase;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.feed.ImageExamples;
import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.feed.Normaliser;
import io.millrace.jobs.feed.Recipe;
import io.millrace.jobs.learner.Supervised;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.sampling.Shuffle;
import io.millrace.jobs.sampling.View;
import io.millrace.jobs.schedule.OneCycle;
import io.millrace.jobs.schedule.Schedule;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.testing.PlainEngine;
import io.millrace.jobs.transform.Chain;
import io.millrace.jobs.transform.Flip;
import io.millrace.jobs.transform.Flip.Axis;
import io.millrace.jobs.transform.Levels;
import io.millrace.jobs.transform.PadReflect;
import io.millrace.jobs.transform.RandomCrop;
import java.util.List;

/** Small trainings on a dataset of 3 x 32 x 32 images. */
record Scene(
    String engine,
    Dataset dataset,
    Architecture architecture,
    Optimiser optimiser,
    Schedule schedule,
    int workers,
    int batch,
    int every) {
  static final Schedule ONE_CYCLE = new OneCycle(2, 0.1, List.of(0.95, 0.85));
  static final Optimiser SGD = new Optimiser.Sgd(1e-4, false);
  static final long SEED = 5;

  static Scene resnet(Dataset dataset, int workers) {
    Architecture resnet = new ResNet(List.of(4, 8));
    return new Scene("dl4j", dataset, resnet, SGD, ONE_CYCLE, workers, 8, 2);
  }

  /** A linear classifier on the engine in Java: no native library is loaded for it. */
  static Scene plain(Dataset dataset, int workers) {
    return new Scene(PlainEngine.NAME, dataset, new Linear(), SGD, ONE_CYCLE, workers, 8, 2);
  }

  TrainingPlan plan() {
    View view = View.whole(dataset, Split.TRAIN);
    InputShape input = InputShape.of(view);
    int classes = dataset.classNames().size();
    Chain chain =
        new Chain(List.of(new PadReflect(4), new RandomCrop(32), new Flip(Axis.HORIZONTAL)));
    Recipe recipe =
        new Recipe(
            view,
            input,
            new Normaliser(List.of(0.5, 0.4, 0.3), List.of(0.2, 0.25, 0.3)),
            chain,
            Levels.UNKNOWN,
            new Shuffle.Block(50),
            false,
            SEED,
            classes);
    Blueprint network =
        architecture.blueprint(input.channels(), input.height(), input.width(), classes);
    Supervised learner =
        new Supervised(engine, network, new CrossEntropy(classes), optimiser, 1, SEED);
    Rounds rounds = new Rounds(view.size(), workers, batch, every);
    ImageExamples images = new ImageExamples(recipe);
    ImageExamples none = images.of(View.whole(dataset, Split.VAL));
    return new TrainingPlan(
        List.of(new TrainingPhase(schedule.epochs(), images, rounds, none, learner)), schedule);
  }

  /** How minibatches of a plan are made. */
  static Recipe recipe(TrainingPlan plan) {
    return ((ImageExamples) plan.last().examples()).recipe();
  }
}
