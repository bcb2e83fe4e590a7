package io.millrace.jobs.architecture;

import io.millrace.pipeline.job.Variant;
import java.io.Serializable;
import org.apiguardian.api.API;

/**
 * A kind of network and its settings: {@code architecture { name = resnet, .. }}. All kinds are
 * listed in {@code META-INF/millrace/io.millrace.jobs.architecture.Architecture}; a user's jar may
 * list more.
 */
@Variant(discriminator = "name")
@API(status = API.Status.EXPERIMENTAL)
public interface Architecture extends Serializable {
  /**
   * The network for images of that shape, which are its input {@link Blueprint#IMAGES}. Its only
   * output is the logits: a vector with one value for each class.
   *
   * @param channels of the images
   * @param height of the images
   * @param width of the images
   * @param classes how many classes
   * @throws IllegalArgumentException if the image is too small for it; the message says how large
   *     it must be
   */
  Blueprint blueprint(int channels, int height, int width, int classes);
}
