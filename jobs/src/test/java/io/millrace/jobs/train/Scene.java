package io.millrace.jobs.train;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.augment.Chain;
import io.millrace.jobs.augment.Flip;
import io.millrace.jobs.augment.Flip.Axis;
import io.millrace.jobs.augment.Levels;
import io.millrace.jobs.augment.PadReflect;
import io.millrace.jobs.augment.RandomCrop;
import io.millrace.jobs.averaging.Rounds;
import io.millrace.jobs.averaging.Trainee;
import io.millrace.jobs.averaging.TrainingPhase;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.feed.Normaliser;
import io.millrace.jobs.feed.Recipe;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.order.Shuffle;
import io.millrace.jobs.order.View;
import io.millrace.jobs.schedule.Schedule;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import java.util.List;

/** Small trainings on a dataset of 3 x 32 x 32 images. */
record Scene(
    Dataset dataset,
    Architecture architecture,
    Optimiser optimiser,
    Schedule schedule,
    int workers,
    int batch,
    int every) {
  static final Schedule ONE_CYCLE = new Schedule.OneCycle(2, 0.1, List.of(0.95, 0.85));
  static final Optimiser SGD = new Optimiser.Sgd(1e-4, false);
  static final long SEED = 5;

  static Scene resnet(Dataset dataset, int workers) {
    Architecture resnet = new Architecture.ResNet(List.of(4, 8));
    return new Scene(dataset, resnet, SGD, ONE_CYCLE, workers, 8, 2);
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
    Trainee trainee =
        new Trainee(
            "dl4j",
            architecture.blueprint(input.channels(), input.height(), input.width(), classes),
            optimiser,
            1,
            SEED);
    Rounds rounds = new Rounds(view.size(), workers, batch, every);
    View none = View.whole(dataset, Split.VAL);
    return new TrainingPlan(
        List.of(new TrainingPhase(schedule.epochs(), recipe, rounds, none, trainee)), schedule);
  }
}
