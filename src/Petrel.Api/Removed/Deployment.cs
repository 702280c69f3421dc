using Petrel.Api.Apps;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Removed;

/// <summary>A deployment as apps/v1beta1 and extensions/v1beta1 had it: with a rollback in its spec.</summary>
[ApiType("io.k8s.api.apps.v1beta1.Deployment")]
public sealed partial record Deployment : ApiObject, IResource<Deployment>
{
    public static ResourceInfo Info { get; } = new("apps", "v1beta1", "Deployment", "deployments");

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public DeploymentSpec Spec { get; init; } = DeploymentSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public DeploymentStatus Status { get; init; } = DeploymentStatus.Empty;
}

[ApiType("io.k8s.api.apps.v1beta1.DeploymentSpec")]
public sealed partial record DeploymentSpec
{
    /// <summary>Number of pods wanted.</summary>
    [Field(1)]
    public int? Replicas { get; init; }

    /// <summary>Which pods belong to the deployment.</summary>
    [Field(2)]
    public LabelSelector? Selector { get; init; }

    /// <summary>What new pods look like.</summary>
    [Field(3, Always = true)]
    public PodTemplateSpec Template { get; init; } = PodTemplateSpec.Empty;

    /// <summary>How pods of an old template give way to new ones.</summary>
    [Field(4, Always = true)]
    public DeploymentStrategy Strategy { get; init; } = DeploymentStrategy.Empty;

    /// <summary>Seconds for which a new pod must have been ready before it counts as available.</summary>
    [Field(5)]
    public int MinReadySeconds { get; init; }

    /// <summary>Old replica sets kept for rollbacks.</summary>
    [Field(6)]
    public int? RevisionHistoryLimit { get; init; }

    /// <summary>Changes of the template do not start a rollout while this is set.</summary>
    [Field(7)]
    public bool Paused { get; init; }

    /// <summary>Asks for the template of an earlier revision.</summary>
    [Field(8)]
    public RollbackConfig? RollbackTo { get; init; }

    /// <summary>Seconds without progress after which a rollout counts as failed.</summary>
    [Field(9)]
    public int? ProgressDeadlineSeconds { get; init; }
}

[ApiType("io.k8s.api.apps.v1beta1.RollbackConfig")]
public sealed partial record RollbackConfig
{
    /// <summary>The revision; 0 for the last one.</summary>
    [Field(1)]
    public long Revision { get; init; }
}
