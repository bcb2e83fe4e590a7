package io.millrace.jobs.transform;

import java.io.Serializable;

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
}
