package io.millrace.jobs.transform;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One form of a picture in a {@link TestTimeSet}.
 *
 * @param chain that makes it, without anything random
 * @param takesInput whether the chain takes pictures of the network's input size, so that they must
 *     be resized before; otherwise it takes pictures of any size and resizes them itself
 */
public record TestTimeForm(Chain chain, boolean takesInput) implements Serializable {
  /** The picture as it is. */
  public static final TestTimeForm PLAIN = new TestTimeForm(Chain.NONE, true);

  /**
   * The same form of pictures of any size. A form that resizes them itself stays as it is.
   *
   * @param shorter the shorter side that they are resized to
   * @param input side of the network's input, which is then cut from the middle
   */
  public TestTimeForm ofResized(int shorter, int input) {
    if (!takesInput) {
      return this;
    }
    List<Transform> all = new ArrayList<>();
    all.add(new ResizeTo(Optional.of(shorter), Optional.of(input), Optional.empty()));
    all.addAll(chain.transforms());
    return new TestTimeForm(new Chain(all), false);
  }
}
