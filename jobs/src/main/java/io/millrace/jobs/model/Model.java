package io.millrace.jobs.model;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.feed.Normaliser;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.tensor.State;
import io.millrace.pipeline.CannotException;
import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A trained model, as its artifact holds it.
 *
 * @param root the folder of {@code weights.safetensors}, {@code model.json}, {@code record.json}
 * @param digest SHA-256 of {@code weights.safetensors}, hex: of the weights alone
 * @param architecture of the network
 * @param engine that it was trained with, or is asked to run on
 * @param input the shape of the images that it takes
 * @param classNames by label number
 * @param mean per channel on the 0..1 scale, subtracted from the pixels
 * @param std per channel on the 0..1 scale, dividing the pixels
 * @param origin the pictures that it was trained on
 */
public record Model(
    URI root,
    String digest,
    Architecture architecture,
    String engine,
    InputShape input,
    List<String> classNames,
    List<Double> mean,
    List<Double> std,
    Origin origin)
    implements Serializable {
  /** The name of this kind of artifact. */
  public static final String KIND = "a model";

  /**
   * Reads {@code model.json}; the weights are read by {@link #network}.
   *
   * @throws CannotException if there is no readable model at {@code root}
   */
  public static Model open(URI root) {
    return ModelFiles.read(root);
  }

  /**
   * The error where a model gives a value that is not a probability.
   *
   * @param what could not be done
   * @param given the value: NaN or infinite
   * @param picture its id
   */
  public static CannotException diverged(String what, float given, String picture) {
    return new CannotException(
        what,
        "it gives %s for picture %s: its training has diverged; train it with a lower learning rate"
            .formatted(given, picture));
  }

  /**
   * The model on another engine.
   *
   * @param other the engine's name; empty for the one that it was trained with
   */
  public Model on(Optional<String> other) {
    return new Model(
        root, digest, architecture, other.orElse(engine), input, classNames, mean, std, origin);
  }

  /** Turns pixels into what the network takes. */
  public Normaliser normaliser() {
    return new Normaliser(mean, std);
  }

  /** What its outputs mean. */
  public CrossEntropy loss() {
    return new CrossEntropy(classNames.size());
  }

  /** The network that the weights are of. */
  public Blueprint blueprint() {
    return architecture.blueprint(
        input.channels(), input.height(), input.width(), classNames.size());
  }

  /**
   * Reads the trained weights and running statistics.
   *
   * @throws CannotException if they are missing or damaged
   */
  public State weights() {
    return ModelFiles.readWeights(this);
  }

  /**
   * The network with the trained weights; the caller closes it.
   *
   * @param threads native threads that its passes may use, at least 1
   * @throws CannotException if the weights are missing or damaged, or the engine does not run on
   *     this machine
   */
  public Network network(int threads) {
    Network network = Engines.named(engine).network(blueprint(), threads, 0);
    try {
      network.restore(weights());
      return network;
    } catch (IllegalArgumentException e) {
      network.close();
      throw new CannotException("restore the model at " + root, e.getMessage(), e);
    } catch (CannotException e) {
      network.close();
      throw e;
    }
  }
}
