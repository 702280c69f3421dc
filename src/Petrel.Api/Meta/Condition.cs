using Petrel.Api.Schema;

namespace Petrel.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.Condition")]
public sealed partial record Condition
{
    /// <summary>What the condition is about, in CamelCase.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>True, False or Unknown.</summary>
    [Field(2, Required = true, Always = true)]
    public string Status { get; init; } = "";

    /// <summary>Generation of the spec that the condition reflects.</summary>
    [Field(3)]
    public long ObservedGeneration { get; init; }

    /// <summary>When the status last changed.</summary>
    [Field(4, Required = true, Always = true)]
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>One word in CamelCase that says why, for programs.</summary>
    [Field(5, Required = true, Always = true)]
    public string Reason { get; init; } = "";

    /// <summary>What happened, for people.</summary>
    [Field(6, Required = true, Always = true)]
    public string Message { get; init; } = "";
}
