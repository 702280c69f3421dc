using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Removed;

/// <summary>A scale as the groups apps and extensions had it: with a selector in two forms.</summary>
[ApiType("io.k8s.api.apps.v1beta1.Scale")]
public sealed partial record Scale : ApiObject, IResource<Scale>
{
    public static ResourceInfo Info { get; } = new("apps", "v1beta1", "Scale", "scales");

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public ScaleSpec Spec { get; init; } = ScaleSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public ScaleStatus Status { get; init; } = ScaleStatus.Empty;
}

[ApiType("io.k8s.api.apps.v1beta1.ScaleSpec")]
public sealed partial record ScaleSpec
{
    /// <summary>Replicas wanted.</summary>
    [Field(1)]
    public int Replicas { get; init; }
}

[ApiType("io.k8s.api.apps.v1beta1.ScaleStatus")]
public sealed partial record ScaleStatus
{
    /// <summary>Replicas that there are.</summary>
    [Field(1, Always = true)]
    public int Replicas { get; init; }

    /// <summary>Labels of the replicas.</summary>
    [Field(2)]
    public ApiMap<string> Selector { get; init; }

    /// <summary>Selector of the replicas as text, where labels do not say it.</summary>
    [Field(3)]
    public string TargetSelector { get; init; } = "";
}
