package io.millrace.jobs.importing;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.weights.Head;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;
import java.util.Optional;

/** The keys of an import stage. */
public record ImportParameters(
    @Key(
            "the file of weights: safetensors, or a state dict that PyTorch's torch.save wrote"
                + " (.pth, .pt)")
        Location weights,
    @Key("the network that the weights are of") Architecture architecture,
    @Key(
            "a text file with the names of the classes, one a line in the order of the labels; not"
                + " with head = none, which has no classes")
        Optional<Location> classes,
    @Key(
            "what the network expects pictures to be normalised by: imagenet, { mean = [..], std ="
                + " [..] } on the 0..1 scale, where one number counts for every channel, or an"
                + " artifact of stats")
        GivenStatistics statistics,
    @Key(value = "side of the square pictures that the network takes", min = 1, max = 65_535)
        int input,
    @Key(
            value =
                "the shorter side that every picture is resized to before the input is cut from its"
                    + " middle, e.g. 256 for an input of 224; if not given, as much of the picture"
                    + " as fits is taken",
            min = 1,
            max = 65_535)
        Optional<Integer> resize,
    @Key(
            value =
                "what becomes of the last linear map: keep (the classes are the file's), new (it"
                    + " begins afresh for other classes) or none (the model gives features)",
            or = "keep")
        Head head,
    @Key(value = "seed of a new head", or = "1") long seed) {}
