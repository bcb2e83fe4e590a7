package io.millrace.jobs.engine;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.catalogue.ResNet;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.pipeline.CannotException;
import java.util.List;

/** A program that computes the loss of a small network by each of the engines that it is given. */
final class FirstLoss {
  private static final int EXAMPLES = 4;

  private FirstLoss() {}

  /** Prints a line for each engine, or one sentence and ends with 1. */
  public static void main(String[] engines) {
    Blueprint net = new ResNet(List.of(4, 8)).blueprint(3, 8, 8, SmallNetworks.CLASSES);
    try {
      for (String engine : engines) {
        try (Network network = Engines.named(engine).network(net, 1, 1)) {
          double loss =
              network
                  .lossAndGradient(
                      SmallNetworks.batch(net, EXAMPLES, 1),
                      new CrossEntropy(SmallNetworks.CLASSES))
                  .sum(CrossEntropy.LOSS);
          System.out.println(engine + " " + loss);
        }
      }
    } catch (CannotException e) {
      System.out.println(e.getMessage());
      System.exit(1);
    }
    // Native threads must not keep it alive.
    System.exit(0);
  }
}
