package io.millrace.jobs.init;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.catalogue.Linear;
import io.millrace.jobs.architecture.catalogue.ResNet;
import java.util.ArrayList;
import java.util.List;

/**
 * A network that fits the pictures, and how long it trains on a laptop.
 *
 * @param architecture of the catalogue
 * @param blueprint of the network for these pictures
 */
record Fitted(Architecture architecture, Blueprint blueprint) {
  /** Pixels of a side, about, of the last block's input. */
  private static final double LAST_SIDE = 4;

  private static final int FIRST_CHANNELS = 8;
  private static final int MOST_BLOCKS = 5;

  /** With more classes, layers must be wider. */
  private static final int MANY_CLASSES = 100;

  /** The quickstart's pictures a second on two cores, and its network's multiply-adds for one. */
  private static final double QUICKSTART_RATE = 500;

  private static final long QUICKSTART =
      new ResNet(List.of(8, 16, 32, 64)).blueprint(3, 32, 32, 10).multiplyAdds();

  /**
   * A residual network whose last block has a few pixels of input; a linear network if the pictures
   * are too small for that.
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
        // With one block less, pictures may be smaller.
      }
    }
    Architecture linear = new Linear();
    return new Fitted(linear, linear.blueprint(channels, height, width, classes));
  }

  /** About how many seconds training on that many pictures takes on two cores. */
  double seconds(long pictures) {
    return pictures / QUICKSTART_RATE * blueprint.multiplyAdds() / QUICKSTART;
  }

  /** The network as text for a pipeline file. */
  String text() {
    return architecture instanceof ResNet resnet
        ? "{ name = resnet, channels = " + resnet.channels() + " }"
        : "{ name = linear }";
  }
}
