using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PreferredSchedulingTerm")]
public sealed partial record PreferredSchedulingTerm
{
    /// <summary>How much it counts, 1 to 100.</summary>
    [Field(1, Required = true, Always = true)]
    public int Weight { get; init; }

    /// <summary>The nodes.</summary>
    [Field(2, Required = true, Always = true)]
    public NodeSelectorTerm Preference { get; init; } = NodeSelectorTerm.Empty;
}
