using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.FlowControl;

/// <summary>Says which requests belong together and at which priority level they are served.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.FlowSchema")]
public sealed partial record FlowSchema : ApiObject, IResource<FlowSchema>, IHasStatus, IHasDefaults, IHasGeneration, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("flowcontrol.apiserver.k8s.io", "v1", "FlowSchema", "flowschemas")
    {
        Columns = FlowSchemaTable.Columns,
        Namespaced = false,
        Subresources = [new("status", Verbs.GetPatchUpdate) { ResetFields = ["metadata", "spec"] }],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public FlowSchemaSpec Spec { get; init; } = FlowSchemaSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public FlowSchemaStatus Status { get; init; } = FlowSchemaStatus.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() =>
        Spec.MatchingPrecedence == 0 ? this with { Spec = Spec with { MatchingPrecedence = FlowSchemaSpec.DefaultPrecedence } } : this;

    /// <inheritdoc/>
    public ApiObject WithStatusOf(ApiObject other) => this with { Status = ((FlowSchema)other).Status };

    /// <summary>Of the metadata only what the server tracks changes with the status.</summary>
    public ApiObject PrepareForStatusUpdate(ApiObject old) => ((FlowSchema)old) with { Metadata = old.Metadata.WithTrackingOf(Metadata), Status = Status };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => FlowSchemaTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        Spec.Validate(Metadata.Name, FieldPath.Root.Child("spec"), errors);
        if (BuiltInFlowSchemas.Mandatory.FirstOrDefault(fixedOne => fixedOne.Metadata.Name == Metadata.Name) is { } mandatory && Spec != mandatory.Spec)
        {
            errors.Invalid(FieldPath.Root.Child("spec"), FlowControlText.Of(Spec), $"spec of '{Metadata.Name}' must equal the fixed value");
        }

        Status.Validate(FieldPath.Root.Child("status"), errors);
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
    }

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) => ValidateUpdate(old, errors);
}

[ApiType("io.k8s.api.flowcontrol.v1.FlowSchemaSpec")]
public sealed partial record FlowSchemaSpec
{
    public const int DefaultPrecedence = 1000;

    public const int PrecedenceMax = 10000;

    /// <summary>The priority level of the matching requests. While there is no level of that name, the schema matches nothing.</summary>
    [Field(1, Required = true, Always = true)]
    public PriorityLevelConfigurationReference PriorityLevelConfiguration { get; init; } = PriorityLevelConfigurationReference.Empty;

    /// <summary>Of the schemas that match a request the one with the lowest number is taken: 1 to 10000, 1000 when left out.</summary>
    [Field(2, Always = true)]
    public int MatchingPrecedence { get; init; }

    /// <summary>What tells the flows of the schema apart; without it they are one flow.</summary>
    [Field(3)]
    public FlowDistinguisherMethod? DistinguisherMethod { get; init; }

    /// <summary>A request matches when one of these does; none match nothing.</summary>
    [Field(4, ListType = "atomic")]
    public ApiList<PolicyRulesWithSubjects> Rules { get; init; }

    internal void Validate(string name, FieldPath path, FieldErrors errors)
    {
        var precedence = path.Child("matchingPrecedence");
        if (MatchingPrecedence <= 0)
        {
            errors.Invalid(precedence, MatchingPrecedence, "must be a positive value");
        }

        if (MatchingPrecedence > PrecedenceMax)
        {
            errors.Invalid(precedence, MatchingPrecedence, $"must not be greater than {PrecedenceMax}");
        }

        if (MatchingPrecedence == 1 && name != BuiltInFlowSchemas.Exempt)
        {
            errors.Invalid(precedence, MatchingPrecedence, "only the schema named 'exempt' may have matchingPrecedence 1");
        }

        if (DistinguisherMethod is { } method)
        {
            errors.OneOf(path.Child("distinguisherMethod", "type"), method.Type, FlowDistinguisherMethod.ByNamespace, FlowDistinguisherMethod.ByUser);
        }

        var level = path.Child("priorityLevelConfiguration", "name");
        if (errors.NotEmpty(level, PriorityLevelConfiguration.Name, "must reference a priority level"))
        {
            errors.DnsSubdomain(level, PriorityLevelConfiguration.Name);
        }

        for (var i = 0; i < Rules.Count; i++)
        {
            Rules[i].Validate(path.Child("rules").Index(i), errors);
        }
    }
}

[ApiType("io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationReference")]
public sealed partial record PriorityLevelConfigurationReference
{
    /// <summary>Name of the priority level.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";
}

[ApiType("io.k8s.api.flowcontrol.v1.FlowDistinguisherMethod")]
public sealed partial record FlowDistinguisherMethod
{
    public const string ByUser = "ByUser";

    public const string ByNamespace = "ByNamespace";

    /// <summary>ByUser: a flow for each user; ByNamespace: one for each namespace.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";
}

[ApiType("io.k8s.api.flowcontrol.v1.FlowSchemaStatus")]
public sealed partial record FlowSchemaStatus
{
    /// <summary>State of the schema, one entry for each aspect.</summary>
    [Field(1, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<FlowSchemaCondition> Conditions { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors) =>
        FlowControlText.ValidateConditionTypes(Conditions.Select(static condition => condition.Type), path.Child("conditions"), errors);
}

[ApiType("io.k8s.api.flowcontrol.v1.FlowSchemaCondition")]
public sealed partial record FlowSchemaCondition
{
    /// <summary>The type of the condition that says whether the priority level exists.</summary>
    public const string Dangling = "Dangling";

    /// <summary>What the condition is about, e.g. Dangling.</summary>
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
