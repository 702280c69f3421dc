using Petrel.Api.Features;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Coordination;

/// <summary>A claim that its holder renews: for leader election and as heartbeat of nodes.</summary>
[ApiType("io.k8s.api.coordination.v1.Lease")]
public sealed partial record Lease : ApiObject, IResource<Lease>, IPrepared, IPrintable, IValidated
{
    public static ResourceInfo Info { get; } = new("coordination.k8s.io", "v1", "Lease", "leases")
    {
        Columns = LeaseTable.Columns,
        CreateOnUpdate = true,
        UnconditionalUpdate = false,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public LeaseSpec Spec { get; init; } = LeaseSpec.Empty;

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => WithoutCoordination();

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => ((Lease)old).Spec.Strategy is null ? WithoutCoordination() : this;

    private Lease WithoutCoordination() => FeatureGates.IsOn(KnownFeatures.CoordinatedLeaderElection) ? this : this with { Spec = Spec with { Strategy = null, PreferredHolder = null } };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => LeaseTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        var path = FieldPath.Root.Child("spec");
        if (Spec.LeaseDurationSeconds is { } duration)
        {
            errors.Positive(path.Child("leaseDurationSeconds"), duration);
        }

        errors.NonNegative(path.Child("leaseTransitions"), Spec.LeaseTransitions ?? 0);
    }
}

[ApiType("io.k8s.api.coordination.v1.LeaseSpec")]
public sealed partial record LeaseSpec
{
    /// <summary>Who holds the lease.</summary>
    [Field(1)]
    public string? HolderIdentity { get; init; }

    /// <summary>Seconds after renewTime at which others may take it over.</summary>
    [Field(2)]
    public int? LeaseDurationSeconds { get; init; }

    /// <summary>When the present holder got it.</summary>
    [Field(3, Micro = true)]
    public DateTimeOffset? AcquireTime { get; init; }

    /// <summary>When the present holder last renewed it.</summary>
    [Field(4, Micro = true)]
    public DateTimeOffset? RenewTime { get; init; }

    /// <summary>How often it has changed hands.</summary>
    [Field(5)]
    public int? LeaseTransitions { get; init; }

    /// <summary>How the next holder is found among candidates; for coordinated leader election.</summary>
    [Field(6)]
    public string? Strategy { get; init; }

    /// <summary>Who should have it: the present holder gives it up to this one.</summary>
    [Field(7)]
    public string? PreferredHolder { get; init; }
}
