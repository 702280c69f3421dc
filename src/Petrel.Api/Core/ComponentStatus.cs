using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Core;

/// <summary>Whether a component of the control plane is well. Deprecated, never stored, but asked for at the moment of the request.</summary>
[ApiType("io.k8s.api.core.v1.ComponentStatus")]
public sealed partial record ComponentStatus : ApiObject, IResource<ComponentStatus>, IPrintable
{
    private const string Healthy = "Healthy";

    public static ResourceInfo Info { get; } = new("", "v1", "ComponentStatus", "componentstatuses")
    {
        Deprecation = new("v1.19"),
        Columns =
        [
            Column.ObjectName,
            new("Status", Description: "Status of the component conditions"),
            new("Message", Description: "Message of the component conditions"),
            new("Error", Description: "Error of the component conditions"),
        ],
        Namespaced = false,
        ShortNames = ["cs"],
        Verbs = Verbs.Get | Verbs.List,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What was found out, one entry for each aspect.</summary>
    [Field(2, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<ComponentCondition> Conditions { get; init; }

    /// <summary>The status of a component that is well, or is not for a reason.</summary>
    public static ComponentStatus Of(string name, string? failure) => new()
    {
        Metadata = new() { Name = name },
        Conditions = [new() { Type = Healthy, Status = failure is null ? "True" : "False", Message = failure ?? "ok" }],
    };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => Conditions.FirstOrDefault(static condition => condition.Type == Healthy) is { } condition
        ? [Metadata.Name, condition.Status == "True" ? "Healthy" : "Unhealthy", condition.Message, condition.Error]
        : [Metadata.Name, "Unknown", "", ""];
}

[ApiType("io.k8s.api.core.v1.ComponentCondition")]
public sealed partial record ComponentCondition
{
    /// <summary>What the condition is about; Healthy only.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>True, False or Unknown.</summary>
    [Field(2, Required = true, Always = true)]
    public string Status { get; init; } = "";

    /// <summary>What the component answered.</summary>
    [Field(3)]
    public string Message { get; init; } = "";

    /// <summary>Why it could not be asked.</summary>
    [Field(4)]
    public string Error { get; init; } = "";
}
