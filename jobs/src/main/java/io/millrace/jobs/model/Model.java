package io.millrace.jobs.model;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.feed.Normaliser;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.tensor.State;
import io.millrace.pipeline.CannotException;
import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A model, trained here or imported, as its artifact holds it.
 *
 * @param root the folder of {@code weights.safetensors}, {@code model.json}, {@code record.json}
 * @param digest SHA-256 of {@code weights.safetensors}, hex: of the weights alone
 * @param architecture of the network
 * @param engine that it was trained with, or is asked to run on; empty for an imported model, which
 *     has none of its own
 * @param input the shape of the images that it takes
 * @param classNames by label number
 * @param mean per channel on the 0..1 scale, subtracted from the pixels
 * @param std per channel on the 0..1 scale, dividing the pixels
 * @param origin the pictures that it was trained on
 * @param resize the shorter side that every picture is resized to before the input is cut from its
 *     middle, in pixels; 0 for a model that takes as much of each picture as it can
 * @param features the node whose values are its output; empty for a model that gives classes
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
    Origin origin,
    int resize,
    String features)
    implements Serializable {
  /** The name of this kind of artifact. */
  public static final String KIND = "a model";

  /** A model of classes that takes as much of each picture as it can. */
  public Model(
      URI root,
      String digest,
      Architecture architecture,
      String engine,
      InputShape input,
      List<String> classNames,
      List<Double> mean,
      List<Double> std,
      Origin origin) {
    this(root, digest, architecture, engine, input, classNames, mean, std, origin, 0, "");
  }

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
   * @param other the engine's name; empty for the one that it was trained with, or the default for
   *     an imported model
   */
  public Model on(Optional<String> other) {
    return new Model(
        root,
        digest,
        architecture,
        other.orElse(engine.isEmpty() ? Engines.DEFAULT : engine),
        input,
        classNames,
        mean,
        std,
        origin,
        resize,
        features);
  }

  /**
   * The same model, where classes are asked for.
   *
   * @param what can't be done without classes
   * @throws CannotException if it gives features
   */
  public Model withClasses(String what) {
    if (features.isEmpty()) {
      return this;
    }
    throw new CannotException(
        what,
        "the model at %s has no classes: it was imported with head = none and gives the features %s; import it with head = keep, or train one with start and head = new"
            .formatted(JobFiles.shown(root), features));
  }

  /** How a picture of any size becomes the network's input. */
  public Sizing sizing() {
    return resize > 0
        ? new Sizing.Cropped(resize, input.height())
        : new Sizing.Covered(input.height(), input.width());
  }

  /** Whether a picture of that size is the input as it is. */
  public boolean takesWhole(int height, int width) {
    return resize == 0 && height == input.height() && width == input.width();
  }

  /** The network. */
  public Blueprint blueprint() {
    // A network without its head does not depend on the number of classes.
    int classes = features.isEmpty() ? classNames.size() : 2;
    Blueprint whole =
        architecture.blueprint(input.channels(), input.height(), input.width(), classes);
    return features.isEmpty() ? whole : whole.upTo(features);
  }

  /** Turns pixels into what the network takes. */
  public Normaliser normaliser() {
    return new Normaliser(mean, std);
  }

  /** What its outputs mean. */
  public CrossEntropy loss() {
    return new CrossEntropy(classNames.size());
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
    String name = engine.isEmpty() ? Engines.DEFAULT : engine;
    Network network = Engines.named(name).network(blueprint(), threads, 0);
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
