using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeConfigStatus")]
public sealed partial record NodeConfigStatus
{
    /// <summary>Configuration that the agent will try next.</summary>
    [Field(1)]
    public NodeConfigSource? Assigned { get; init; }

    /// <summary>Configuration that the agent uses.</summary>
    [Field(2)]
    public NodeConfigSource? Active { get; init; }

    /// <summary>Configuration that the agent falls back to.</summary>
    [Field(3)]
    public NodeConfigSource? LastKnownGood { get; init; }

    /// <summary>Why the assigned configuration is not used.</summary>
    [Field(4)]
    public string Error { get; init; } = "";
}
