package io.millrace.jobs.train;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.feed.Normaliser;
import java.io.Serializable;
import java.net.URI;
import java.util.List;

/**
 * A trained model, as its artifact holds it.
 *
 * @param root the folder of {@code weights.safetensors}, {@code model.json}, {@code record.json}
 * @param digest SHA-256 of {@code weights.safetensors}, hex: of the weights alone
 * @param architecture of the network
 * @param engine that it was trained with
 * @param input the shape of the images that it takes
 * @param classNames by label number
 * @param mean per channel on the 0..1 scale, subtracted from the pixels
 * @param std per channel on the 0..1 scale, dividing the pixels
 */
public record Model(
    URI root,
    String digest,
    Architecture architecture,
    String engine,
    InputShape input,
    List<String> classNames,
    List<Double> mean,
    List<Double> std)
    implements Serializable {
  /**
   * @throws io.millrace.pipeline.CannotException if there is no readable model at {@code root}, or
   *     its weights are damaged
   */
  public static Model open(URI root) {
    throw new UnsupportedOperationException("" + root);
  }

  /** Turns pixels into what the network takes. */
  public Normaliser normaliser() {
    return new Normaliser(mean, std);
  }

  /**
   * The network with the trained weights; the caller closes it.
   *
   * @param threads native threads that its passes may use, at least 1
   * @throws io.millrace.pipeline.CannotException if the weights are missing or damaged, or the
   *     engine does not run on this machine
   */
  public Network network(int threads) {
    throw new UnsupportedOperationException("" + threads);
  }
}
