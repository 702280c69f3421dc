using Petrel.Api.FlowControl;
using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Removed;

/// <summary>A priority level as flowcontrol.apiserver.k8s.io/v1beta1 and v1beta2 had it: its shares have another name.</summary>
[ApiType("io.k8s.api.flowcontrol.v1beta1.PriorityLevelConfiguration")]
public sealed partial record PriorityLevelConfiguration : ApiObject, IResource<PriorityLevelConfiguration>
{
    public static ResourceInfo Info { get; } = new("flowcontrol.apiserver.k8s.io", "v1beta1", "PriorityLevelConfiguration", "prioritylevelconfigurations") { Namespaced = false };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public PriorityLevelConfigurationSpec Spec { get; init; } = PriorityLevelConfigurationSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public PriorityLevelConfigurationStatus Status { get; init; } = PriorityLevelConfigurationStatus.Empty;
}

[ApiType("io.k8s.api.flowcontrol.v1beta1.PriorityLevelConfigurationSpec")]
public sealed partial record PriorityLevelConfigurationSpec
{
    /// <summary>Exempt or Limited.</summary>
    [Field(1, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>The limits.</summary>
    [Field(2)]
    public LimitedPriorityLevelConfiguration? Limited { get; init; }

    /// <summary>What an exempt level lends.</summary>
    [Field(3)]
    public ExemptPriorityLevelConfiguration? Exempt { get; init; }
}

[ApiType("io.k8s.api.flowcontrol.v1beta1.LimitedPriorityLevelConfiguration")]
public sealed partial record LimitedPriorityLevelConfiguration
{
    /// <summary>The level's share of the server's concurrency.</summary>
    [Field(1, Always = true)]
    public int AssuredConcurrencyShares { get; init; }

    /// <summary>What happens to requests beyond it.</summary>
    [Field(2, Always = true)]
    public LimitResponse LimitResponse { get; init; } = LimitResponse.Empty;

    /// <summary>Percentage that other levels may borrow.</summary>
    [Field(3)]
    public int? LendablePercent { get; init; }

    /// <summary>Percentage that the level may borrow.</summary>
    [Field(4)]
    public int? BorrowingLimitPercent { get; init; }
}
