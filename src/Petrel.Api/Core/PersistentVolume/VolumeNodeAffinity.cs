using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.VolumeNodeAffinity")]
public sealed partial record VolumeNodeAffinity
{
    /// <summary>Nodes from which the volume can be reached.</summary>
    [Field(1)]
    public NodeSelector? Required { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (Required is null)
        {
            errors.Required(path.Child("required"), "must specify required node constraints");
        }
        else
        {
            Required.Validate(path.Child("required"), errors);
        }
    }

    /// <summary>The same nodes, but for beta labels that were replaced by the names that came after them.</summary>
    internal bool IsSameAs(VolumeNodeAffinity? old) => old is not null && (this == old || this == Renamed(old, this));

    // The old affinity with those of its keys renamed that the new one has renamed.
    private static VolumeNodeAffinity Renamed(VolumeNodeAffinity old, VolumeNodeAffinity value)
    {
        if (old.Required is not { } before || value.Required is not { } after || before.NodeSelectorTerms.Count != after.NodeSelectorTerms.Count)
        {
            return old;
        }

        var terms = before.NodeSelectorTerms.Zip(after.NodeSelectorTerms, static (one, other) => one with { MatchExpressions = Renamed(one.MatchExpressions, other.MatchExpressions) });
        return old with { Required = before with { NodeSelectorTerms = [.. terms] } };
    }

    private static ApiList<NodeSelectorRequirement> Renamed(ApiList<NodeSelectorRequirement> old, ApiList<NodeSelectorRequirement> value) => old.Count != value.Count
        ? old
        : [.. old.Zip(value, static (one, other) => NodeLabelNames.ReplacementOf(one.Key) == other.Key ? one with { Key = other.Key } : one)];
}
