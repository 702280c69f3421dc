using Petrel.Api.Features;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Coordination;

/// <summary>One who would take a lease, with what decides whether he gets it (KEP-4355, coordinated leader election).</summary>
[ApiType("io.k8s.api.coordination.v1beta1.LeaseCandidate")]
public sealed partial record LeaseCandidate : ApiObject, IResource<LeaseCandidate>, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("coordination.k8s.io", "v1beta1", "LeaseCandidate", "leasecandidates")
    {
        Columns = LeaseCandidateTable.Columns,
        CreateOnUpdate = true,
        Feature = KnownFeatures.CoordinatedLeaderElection,
        UnconditionalUpdate = false,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What the candidate is.</summary>
    [Field(2, Always = true)]
    public LeaseCandidateSpec Spec { get; init; } = LeaseCandidateSpec.Empty;

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => LeaseCandidateTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Spec.Validate(FieldPath.Root.Child("spec"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        Validate(errors);
        errors.Immutable(FieldPath.Root.Child("spec", "leaseName"), Spec.LeaseName, ((LeaseCandidate)old).Spec.LeaseName);
    }
}

[ApiType("io.k8s.api.coordination.v1beta1.LeaseCandidateSpec")]
public sealed partial record LeaseCandidateSpec
{
    private const string OldestEmulationVersion = "OldestEmulationVersion";

    private const string NotSemantic = "must be a valid semantic version";

    /// <summary>Name of the lease. Cannot be changed.</summary>
    [Field(1, Required = true, Always = true)]
    public string LeaseName { get; init; } = "";

    /// <summary>When the server last asked the candidate to show that it lives: it answers with a newer renewTime.</summary>
    [Field(2, Micro = true)]
    public DateTimeOffset? PingTime { get; init; }

    /// <summary>When the candidate last showed that it lives. One that has not for a while is forgotten.</summary>
    [Field(3, Micro = true)]
    public DateTimeOffset? RenewTime { get; init; }

    /// <summary>Version of the candidate's program, a semantic version.</summary>
    [Field(4, Required = true, Always = true)]
    public string BinaryVersion { get; init; } = "";

    /// <summary>Version as which the program behaves, a semantic version; required by the strategy OldestEmulationVersion.</summary>
    [Field(5)]
    public string EmulationVersion { get; init; } = "";

    /// <summary>How the candidate would have the leader chosen: OldestEmulationVersion, or a third party's DOMAIN/NAME.</summary>
    [Field(6, Required = true, Always = true)]
    public string Strategy { get; init; } = "";

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("leaseName"), LeaseName);
        errors.NotEmpty(path.Child("binaryVersion"), BinaryVersion);
        var (binary, emulation) = (SemanticVersion.Parse(BinaryVersion), SemanticVersion.Parse(EmulationVersion));
        if (BinaryVersion.Length > 0 && binary is null)
        {
            errors.Invalid(path.Child("binaryVersion"), BinaryVersion, NotSemantic);
        }

        if (EmulationVersion.Length > 0 && emulation is null)
        {
            errors.Invalid(path.Child("emulationVersion"), EmulationVersion, NotSemantic);
        }

        if (binary is not null && emulation is not null && binary.CompareTo(emulation) < 0)
        {
            errors.Invalid(path.Child("binaryVersion"), BinaryVersion, "must be greater than or equal to `emulationVersion`");
        }

        if (Strategy == OldestEmulationVersion && EmulationVersion.Length == 0)
        {
            errors.Required(path.Child("emulationVersion"), "must be specified when `strategy` is 'OldestEmulationVersion'");
        }

        ValidateStrategy(path.Child("strategy"), errors);
    }

    private void ValidateStrategy(FieldPath path, FieldErrors errors)
    {
        if (!errors.NotEmpty(path, Strategy))
        {
            return;
        }

        switch (Strategy.Split('/'))
        {
            case [_]:
                errors.OneOf(path, Strategy, OldestEmulationVersion);
                break;
            case [var domain, var name]:
                errors.InvalidAll(path, Strategy, NameFormats.DnsSubdomain(domain));
                errors.InvalidAll(path, Strategy, NameFormats.DnsLabel(name));
                break;
            default:
                errors.Invalid(path, Strategy, "must be a single name or in the form of domain/name");
                break;
        }
    }
}
