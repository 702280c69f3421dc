using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>Conditions, written in CEL, that requests must meet where a binding puts the policy in force.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicy")]
public sealed partial record ValidatingAdmissionPolicy
    : ApiObject, IResource<ValidatingAdmissionPolicy>, IHasStatus, IHasDefaults, IHasGeneration, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("admissionregistration.k8s.io", "v1", "ValidatingAdmissionPolicy", "validatingadmissionpolicies")
    {
        Columns = ValidatingAdmissionPolicyTable.Columns,
        Categories = ["api-extensions"],
        Namespaced = false,
        UnconditionalUpdate = false,
        Subresources = [new("status", Verbs.GetPatchUpdate) { ResetFields = ["metadata", "spec"] }],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What the policy demands of which requests.</summary>
    [Field(2, Always = true)]
    public ValidatingAdmissionPolicySpec Spec { get; init; } = ValidatingAdmissionPolicySpec.Empty;

    /// <summary>What was found out about the policy; written by the system.</summary>
    [Field(3, Always = true)]
    public ValidatingAdmissionPolicyStatus Status { get; init; } = ValidatingAdmissionPolicyStatus.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec.WithDefaults() };

    /// <inheritdoc/>
    public ApiObject WithStatusOf(ApiObject other) => this with { Status = ((ValidatingAdmissionPolicy)other).Status };

    /// <summary>Of the metadata only what the server tracks changes with the status.</summary>
    public ApiObject PrepareForStatusUpdate(ApiObject old) => ((ValidatingAdmissionPolicy)old) with { Metadata = old.Metadata.WithTrackingOf(Metadata), Status = Status };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => ValidatingAdmissionPolicyTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => ValidatingAdmissionPolicyValidation.Validate(this, null, errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        ValidatingAdmissionPolicyValidation.Validate(this, (ValidatingAdmissionPolicy)old, errors);
    }

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) => Status.Validate(FieldPath.Root.Child("status"), errors);
}

[ApiType("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicySpec")]
public sealed partial record ValidatingAdmissionPolicySpec
{
    /// <summary>Kind of the objects that bindings give to the expressions as params; the policy has no params without.</summary>
    [Field(1)]
    public ParamKind? ParamKind { get; init; }

    /// <summary>The requests that the policy is about. Required.</summary>
    [Field(2)]
    public MatchResources? MatchConstraints { get; init; }

    /// <summary>What must hold; all are evaluated and the first that does not is told.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<Validation> Validations { get; init; }

    /// <summary>Fail (the default) or Ignore: whether requests are refused when the policy itself cannot be evaluated.</summary>
    [Field(4, Enum = ["Fail", "Ignore"])]
    public string? FailurePolicy { get; init; }

    /// <summary>What is noted in the audit log.</summary>
    [Field(5, ListType = "atomic")]
    public ApiList<AuditAnnotation> AuditAnnotations { get; init; }

    /// <summary>Further conditions on the requests that the policy is about, 64 at most.</summary>
    [Field(6, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<MatchCondition> MatchConditions { get; init; }

    /// <summary>Named expressions for the others to use.</summary>
    [Field(7, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<Variable> Variables { get; init; }

    internal ValidatingAdmissionPolicySpec WithDefaults() => this with { FailurePolicy = FailurePolicy ?? "Fail", MatchConstraints = MatchConstraints?.WithDefaults() };
}

[ApiType("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyStatus")]
public sealed partial record ValidatingAdmissionPolicyStatus
{
    /// <summary>Generation of the spec that was looked at last.</summary>
    [Field(1)]
    public long ObservedGeneration { get; init; }

    /// <summary>Expressions that do not fit the types of the resources they are about. Absent until that was looked at.</summary>
    [Field(2)]
    public TypeChecking? TypeChecking { get; init; }

    /// <summary>State of the policy, one entry for each aspect.</summary>
    [Field(3, ListType = "map", MapKeys = "type")]
    public ApiList<Condition> Conditions { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        var warnings = TypeChecking?.ExpressionWarnings ?? default;
        for (var i = 0; i < warnings.Count; i++)
        {
            var place = path.Child("typeChecking", "expressionWarnings").Index(i);
            if (warnings[i].Warning.Length == 0)
            {
                errors.Required(place.Child("warning"));
            }

            if (warnings[i].FieldRef.Trim().Length == 0)
            {
                errors.Required(place.Child("fieldRef"));
            }
        }
    }
}

[ApiType("io.k8s.api.admissionregistration.v1.TypeChecking")]
public sealed partial record TypeChecking
{
    /// <summary>One entry for each expression that does not fit.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<ExpressionWarning> ExpressionWarnings { get; init; }
}

[ApiType("io.k8s.api.admissionregistration.v1.ExpressionWarning")]
public sealed partial record ExpressionWarning
{
    /// <summary>Path of the expression, e.g. <c>spec.validations[0].expression</c>.</summary>
    [Field(2, Required = true, Always = true)]
    public string FieldRef { get; init; } = "";

    /// <summary>What does not fit, for each resource.</summary>
    [Field(3, Required = true, Always = true)]
    public string Warning { get; init; } = "";
}
