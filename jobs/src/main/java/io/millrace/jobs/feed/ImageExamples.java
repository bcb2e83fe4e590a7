package io.millrace.jobs.feed;

import io.millrace.jobs.sampling.View;

/**
 * Images of a dataset, with {@code images}, {@code targets} and {@code labels}.
 *
 * @param recipe of their minibatches
 */
public record ImageExamples(Recipe recipe) implements Examples {
  /** The images of another view, with the same shape and statistics. */
  public ImageExamples of(View view) {
    return new ImageExamples(recipe.of(view));
  }

  @Override
  public long size() {
    return recipe.view().size();
  }

  @Override
  public Minibatches training(int epoch, long from, long to, int batch) {
    return Feed.training(recipe, epoch, from, to, batch);
  }

  @Override
  public Minibatches inOrder(long from, long to, int batch) {
    return Feed.validation(recipe, recipe.view(), from, to, batch);
  }

  @Override
  public String unit() {
    return "images";
  }

  @Override
  public String described() {
    return recipe.input().sides();
  }

  @Override
  public void release() {
    Feed.letGo(recipe);
  }
}
