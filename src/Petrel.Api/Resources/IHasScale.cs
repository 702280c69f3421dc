using Petrel.Api.Autoscaling;

namespace Petrel.Api.Resources;

/// <summary>A kind with a scale subresource (autoscaling/v1 Scale).</summary>
public interface IHasScale
{
    Scale ToScale();

    /// <summary>Why what this object keeps for a scale is none; null when it can be read.</summary>
    string? ScaleError => null;

    /// <summary>Why this object, whose scale can be read, has none to show; null when it has.</summary>
    string? ScaleProblem => null;

    /// <summary>The names that lead to the wanted number of replicas.</summary>
    IReadOnlyList<string> ReplicasPath => ["spec", "replicas"];

    /// <summary>The kind itself checks the replica count of a scale, in its own words.</summary>
    bool ChecksScale => false;

    /// <summary>This object with the scale's replica count.</summary>
    ApiObject WithScale(Scale scale);
}
