using Petrel.Api.Apps;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Removed;

/// <summary>A daemon set as extensions/v1beta1 had it: with a count of its templates.</summary>
[ApiType("io.k8s.api.extensions.v1beta1.DaemonSet")]
public sealed partial record DaemonSet : ApiObject, IResource<DaemonSet>
{
    public static ResourceInfo Info { get; } = new("extensions", "v1beta1", "DaemonSet", "daemonsets");

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public DaemonSetSpec Spec { get; init; } = DaemonSetSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public DaemonSetStatus Status { get; init; } = DaemonSetStatus.Empty;
}

[ApiType("io.k8s.api.extensions.v1beta1.DaemonSetSpec")]
public sealed partial record DaemonSetSpec
{
    /// <summary>Which pods belong to the daemon set.</summary>
    [Field(1)]
    public LabelSelector? Selector { get; init; }

    /// <summary>What the pods look like.</summary>
    [Field(2, Always = true)]
    public PodTemplateSpec Template { get; init; } = PodTemplateSpec.Empty;

    /// <summary>How pods of an old template give way to new ones.</summary>
    [Field(3, Always = true)]
    public DaemonSetUpdateStrategy UpdateStrategy { get; init; } = DaemonSetUpdateStrategy.Empty;

    /// <summary>Seconds for which a new pod must have been ready before it counts as available.</summary>
    [Field(4)]
    public int MinReadySeconds { get; init; }

    /// <summary>Counts changes of the template.</summary>
    [Field(5)]
    public long TemplateGeneration { get; init; }

    /// <summary>Old revisions kept for rollbacks.</summary>
    [Field(6)]
    public int? RevisionHistoryLimit { get; init; }
}
