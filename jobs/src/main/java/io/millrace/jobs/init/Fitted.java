package io.millrace.jobs.init;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.catalogue.Linear;
import io.millrace.jobs.architecture.catalogue.ResNet;
import java.util.ArrayList;
import java.util.List;

/**
 * A network that fits, and how long a laptop takes for it.
 *
 * @param architecture of the catalogue
 * @param blueprint of it for these pictures
 */
record Fitted(Architecture architecture, Blueprint blueprint) {
  /** Pictures have about so many pixels a side where the last block begins its work. */
  private static final double LAST_SIDE = 4;

  private static final int FIRST_CHANNELS = 8;
  private static final int MOST_BLOCKS = 5;

  /** More classes need wider layers to be told apart. */
  private static final int MANY_CLASSES = 100;

  /** The quickstart's pictures a second on two cores, and what its network takes for one. */
  private static final double QUICKSTART_RATE = 500;

  private static final long QUICKSTART =
      new ResNet(List.of(8, 16, 32, 64)).blueprint(3, 32, 32, 10).multiplyAdds();

  /**
   * A residual network whose last block sees a few pixels; of pictures too small for any, a linear
   * one.
   */
  static Fitted to(int channels, int height, int width, int classes) {
    double halvings = Math.log(Math.min(height, width) / LAST_SIDE) / Math.log(2);
    int first = classes > MANY_CLASSES ? 2 * FIRST_CHANNELS : FIRST_CHANNELS;
    for (int blocks = Math.min(MOST_BLOCKS, 1 + (int) Math.round(halvings)); blocks > 0; blocks--) {
      List<Integer> each = new ArrayList<>();
      for (int block = 0; block < blocks; block++) {
        each.add(first << block);
      }
      try {
        Architecture resnet = new ResNet(each);
        return new Fitted(resnet, resnet.blueprint(channels, height, width, classes));
      } catch (IllegalArgumentException tooSmall) {
        // One block less takes smaller pictures.
      }
    }
    Architecture linear = new Linear();
    return new Fitted(linear, linear.blueprint(channels, height, width, classes));
  }

  /** Seconds of training for that many pictures on two cores, about. */
  double seconds(long pictures) {
    return pictures / QUICKSTART_RATE * blueprint.multiplyAdds() / QUICKSTART;
  }

  /** As a pipeline file has it. */
  String text() {
    return architecture instanceof ResNet resnet
        ? "{ name = resnet, channels = " + resnet.channels() + " }"
        : "{ name = linear }";
  }
}
