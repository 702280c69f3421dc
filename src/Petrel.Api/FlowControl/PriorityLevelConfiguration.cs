using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.FlowControl;

/// <summary>A share of the server's capacity and what happens to requests beyond it.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.PriorityLevelConfiguration")]
public sealed partial record PriorityLevelConfiguration
    : ApiObject, IResource<PriorityLevelConfiguration>, IHasStatus, IHasDefaults, IHasGeneration, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("flowcontrol.apiserver.k8s.io", "v1", "PriorityLevelConfiguration", "prioritylevelconfigurations")
    {
        Columns = PriorityLevelConfigurationTable.Columns,
        Namespaced = false,
        Subresources = [new("status", Verbs.GetPatchUpdate) { ResetFields = ["metadata", "spec"] }],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public PriorityLevelConfigurationSpec Spec { get; init; } = PriorityLevelConfigurationSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public PriorityLevelConfigurationStatus Status { get; init; } = PriorityLevelConfigurationStatus.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec with { Limited = Spec.Limited?.WithDefaults(), Exempt = Spec.Exempt?.WithDefaults() } };

    /// <inheritdoc/>
    public ApiObject WithStatusOf(ApiObject other) => this with { Status = ((PriorityLevelConfiguration)other).Status };

    /// <summary>Of the metadata only what the server tracks changes with the status.</summary>
    public ApiObject PrepareForStatusUpdate(ApiObject old) => ((PriorityLevelConfiguration)old) with { Metadata = old.Metadata.WithTrackingOf(Metadata), Status = Status };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => PriorityLevelConfigurationTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        var path = FieldPath.Root.Child("spec");
        Spec.Validate(Metadata.Name, path, errors);
        if (BuiltInPriorityLevels.Mandatory.FirstOrDefault(fixedOne => fixedOne.Metadata.Name == Metadata.Name) is { } mandatory)
        {
            ValidateMandatory(mandatory.Spec, path, errors);
        }

        FlowControlText.ValidateConditionTypes(Status.Conditions.Select(static condition => condition.Type), FieldPath.Root.Child("status", "conditions"), errors);
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
    }

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) => ValidateUpdate(old, errors);

    /// <summary>Of the exempt level only the share it reserves may be changed, of catch-all nothing.</summary>
    private void ValidateMandatory(PriorityLevelConfigurationSpec wanted, FieldPath path, FieldErrors errors)
    {
        if (Metadata.Name == BuiltInPriorityLevels.Exempt)
        {
            if (Spec with { Exempt = null } != wanted with { Exempt = null })
            {
                errors.Invalid(path, FlowControlText.Of(Spec), $"spec of '{Metadata.Name}' except the 'exempt' field must equal the fixed value");
            }
        }
        else if (Spec != wanted)
        {
            errors.Invalid(path, FlowControlText.Of(Spec), $"spec of '{Metadata.Name}' must equal the fixed value");
        }
    }
}

[ApiType("io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationSpec", Discriminator = "type")]
public sealed partial record PriorityLevelConfigurationSpec
{
    public const string ExemptType = "Exempt";

    public const string LimitedType = "Limited";

    /// <summary>Exempt: requests are served at once, whatever else goes on. Limited: only so many at a time.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>The limits of a Limited level.</summary>
    [Field(2)]
    public LimitedPriorityLevelConfiguration? Limited { get; init; }

    /// <summary>What the level of type Exempt takes away from the others.</summary>
    [Field(3)]
    public ExemptPriorityLevelConfiguration? Exempt { get; init; }

    internal void Validate(string name, FieldPath path, FieldErrors errors)
    {
        if (name == BuiltInPriorityLevels.Exempt != (Type == ExemptType))
        {
            errors.Invalid(path.Child("type"), Type, "type must be 'Exempt' if and only if name is 'exempt'");
        }

        switch (Type)
        {
            case ExemptType:
                if (Limited is not null)
                {
                    errors.Forbidden(path.Child("limited"), "must be nil if the type is not Limited");
                }

                Exempt?.Validate(path.Child("exempt"), errors);
                break;
            case LimitedType:
                if (Exempt is not null)
                {
                    errors.Forbidden(path.Child("exempt"), "must be nil if the type is Limited");
                }

                if (Limited is null)
                {
                    errors.Required(path.Child("limited"), "must not be empty when type is Limited");
                }

                Limited?.Validate(path.Child("limited"), errors);
                break;
            default:
                errors.NotSupported(path.Child("type"), Type, [ExemptType, LimitedType]);
                break;
        }
    }
}

[ApiType("io.k8s.api.flowcontrol.v1.ExemptPriorityLevelConfiguration")]
public sealed partial record ExemptPriorityLevelConfiguration
{
    /// <summary>The level's part of the server's capacity, relative to the other levels' parts; 0 when left out. It never limits the level itself.</summary>
    [Field(1)]
    public int? NominalConcurrencyShares { get; init; }

    /// <summary>Percent of the nominal seats that other levels may borrow; 0 when left out.</summary>
    [Field(2)]
    public int? LendablePercent { get; init; }

    internal ExemptPriorityLevelConfiguration WithDefaults() =>
        this with { NominalConcurrencyShares = NominalConcurrencyShares ?? 0, LendablePercent = LendablePercent ?? 0 };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        LimitedPriorityLevelConfiguration.ValidateShares(NominalConcurrencyShares, path, errors);
        LimitedPriorityLevelConfiguration.ValidateLendable(LendablePercent, path, errors);
    }
}

[ApiType("io.k8s.api.flowcontrol.v1.LimitedPriorityLevelConfiguration")]
public sealed partial record LimitedPriorityLevelConfiguration
{
    private const int DefaultShares = 30;

    /// <summary>The level's part of the server's seats, relative to the other levels' parts; 30 when left out. 0 holds every request back.</summary>
    [Field(1, Always = true)]
    public int? NominalConcurrencyShares { get; init; }

    /// <summary>What happens to requests that find no seat.</summary>
    [Field(2, Always = true)]
    public LimitResponse LimitResponse { get; init; } = LimitResponse.Empty;

    /// <summary>Percent of the nominal seats that other levels may borrow; 0 when left out.</summary>
    [Field(3)]
    public int? LendablePercent { get; init; }

    /// <summary>Percent of the nominal seats that this level may borrow from others; without a limit when left out.</summary>
    [Field(4)]
    public int? BorrowingLimitPercent { get; init; }

    internal LimitedPriorityLevelConfiguration WithDefaults() => this with
    {
        NominalConcurrencyShares = NominalConcurrencyShares ?? DefaultShares,
        LendablePercent = LendablePercent ?? 0,
        LimitResponse = LimitResponse with { Queuing = LimitResponse.Queuing?.WithDefaults() },
    };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        ValidateShares(NominalConcurrencyShares, path, errors);
        LimitResponse.Validate(path.Child("limitResponse"), errors);
        ValidateLendable(LendablePercent, path, errors);
        if (BorrowingLimitPercent < 0)
        {
            errors.Invalid(path.Child("borrowingLimitPercent"), BorrowingLimitPercent, "if specified, must be a non-negative integer");
        }
    }

    internal static void ValidateShares(int? shares, FieldPath path, FieldErrors errors)
    {
        if (shares < 0)
        {
            errors.Invalid(path.Child("nominalConcurrencyShares"), shares, "must be a non-negative integer");
        }
    }

    internal static void ValidateLendable(int? percent, FieldPath path, FieldErrors errors)
    {
        if (percent is { } given)
        {
            errors.InRange(path.Child("lendablePercent"), given, 0, 100);
        }
    }
}

[ApiType("io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationStatus")]
public sealed partial record PriorityLevelConfigurationStatus
{
    /// <summary>State of the level, one entry for each aspect.</summary>
    [Field(1, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<PriorityLevelConfigurationCondition> Conditions { get; init; }
}

[ApiType("io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationCondition")]
public sealed partial record PriorityLevelConfigurationCondition
{
    /// <summary>What the condition is about.</summary>
    [Field(1)]
    public string Type { get; init; } = "";

    /// <summary>True, False or Unknown.</summary>
    [Field(2)]
    public string Status { get; init; } = "";

    /// <summary>When the status last changed.</summary>
    [Field(3, Always = true)]
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>One word in CamelCase that says why, for programs.</summary>
    [Field(4)]
    public string Reason { get; init; } = "";

    /// <summary>What happened, for people.</summary>
    [Field(5)]
    public string Message { get; init; } = "";
}
